/** Where a voice plays: everything it makes ends at `out` and stops by itself. */
export interface Desk {
  readonly ctx: BaseAudioContext;
  readonly out: AudioNode;
  /** One second of white noise. */
  readonly noise: AudioBuffer;
}

/** One stroke. */
export interface Beat {
  /** Seconds after now. */
  after?: number;
  volume: number;
  /** Seconds until silence. */
  length: number;
}

/** A struck skin: a low tone that falls. */
export function skin(desk: Desk, from: number, to: number, { after = 0, volume, length }: Beat): void {
  const start = desk.ctx.currentTime + after;
  const tone = desk.ctx.createOscillator();
  tone.type = 'sine';
  tone.frequency.setValueAtTime(from, start);
  tone.frequency.exponentialRampToValueAtTime(to, start + length * 0.6);
  fade(desk, tone, start, volume, length, 0.002);
  tone.start(start);
  tone.stop(start + length);
}

/** Struck wood: a short dry tone. */
export function wood(desk: Desk, pitch: number, { after = 0, volume, length }: Beat): void {
  const start = desk.ctx.currentTime + after;
  const tone = desk.ctx.createOscillator();
  tone.type = 'triangle';
  tone.frequency.setValueAtTime(pitch, start);
  tone.frequency.exponentialRampToValueAtTime(pitch * 0.86, start + length);
  fade(desk, tone, start, volume, length, 0.001);
  tone.start(start);
  tone.stop(start + length);
}

/** Air, paper and cloth: noise through a band that moves. */
export function breath(
  desk: Desk,
  from: number,
  to: number,
  width: number,
  { after = 0, volume, length }: Beat,
): void {
  const start = desk.ctx.currentTime + after;
  const source = desk.ctx.createBufferSource();
  source.buffer = desk.noise;
  const band = desk.ctx.createBiquadFilter();
  band.type = 'bandpass';
  band.Q.value = width;
  band.frequency.setValueAtTime(from, start);
  band.frequency.exponentialRampToValueAtTime(to, start + length);
  source.connect(band);
  fade(desk, band, start, volume, length, length * 0.12);
  source.start(start, (start * 0.37) % 0.5);
  source.stop(start + length);
}

function fade(
  desk: Desk,
  node: AudioNode,
  start: number,
  volume: number,
  length: number,
  attack: number,
): void {
  const gain = desk.ctx.createGain();
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(volume, start + attack);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  node.connect(gain);
  gain.connect(desk.out);
}

/** The big drum: skin, and the stick on it. */
export function drum(desk: Desk, after: number, volume: number): void {
  skin(desk, 130, 52, { after, volume, length: 0.34 });
  breath(desk, 900, 240, 0.8, { after, volume: volume * 0.3, length: 0.05 });
}

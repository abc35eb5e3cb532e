import type { SoundEvent } from './events';
import { Once } from './once';
import { type Desk, VOICES } from './voices';

/** Effects of one match. */
export interface Sound {
  /** Starts the audio; call it from a key press or click, as browsers demand. Later calls do nothing. */
  unlock(): void;
  setMuted(muted: boolean): void;
  /** Plays what hasn't been played yet; silent before `unlock`. */
  play(events: readonly SoundEvent[]): void;
  /** Another match begins: its frames count from 0 again. */
  reset(): void;
  /** Closes the audio. */
  dispose(): void;
}

const VOLUME = 0.5;

export function createSound(): Sound {
  const once = new Once();
  let context: AudioContext | undefined;
  let master: GainNode | undefined;
  let noise: AudioBuffer | undefined;
  let muted = false;
  return {
    unlock() {
      if (context !== undefined) {
        if (context.state === 'suspended') void context.resume();
        return;
      }
      context = new AudioContext({ latencyHint: 'interactive' });
      noise = whiteNoise(context);
      master = context.createGain();
      master.gain.value = muted ? 0 : VOLUME;
      // Many blows at once must not clip.
      const limiter = context.createDynamicsCompressor();
      master.connect(limiter);
      limiter.connect(context.destination);
    },
    setMuted(value) {
      muted = value;
      if (context !== undefined) master?.gain.setTargetAtTime(muted ? 0 : VOLUME, context.currentTime, 0.01);
    },
    play(events) {
      for (const event of events) {
        if (!once.admit(event) || muted) continue;
        if (context?.state !== 'running' || master === undefined || noise === undefined) continue;
        playOne(event, context, master, noise);
      }
    },
    reset: () => once.clear(),
    dispose() {
      const closing = context;
      context = undefined;
      master = undefined;
      void closing?.close();
    },
  };
}

/** Stereo is hinted at, not thrown from wall to wall. */
const PAN_SHARE = 0.6;

function playOne(event: SoundEvent, ctx: AudioContext, master: GainNode, noise: AudioBuffer): void {
  const panner = ctx.createStereoPanner();
  panner.pan.value = Math.max(-1, Math.min(1, event.pan)) * PAN_SHARE;
  panner.connect(master);
  const desk: Desk = { ctx, out: panner, noise };
  VOICES[event.kind](desk, event);
}

function whiteNoise(ctx: BaseAudioContext): AudioBuffer {
  const buffer = ctx.createBuffer(1, ctx.sampleRate, ctx.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1) samples[i] = Math.random() * 2 - 1;
  return buffer;
}

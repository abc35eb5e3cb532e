import type { Desk } from './instruments';

/** Where all that sounds on a page comes together: quiet, limited, and silent until a gesture. */
export interface Mixer {
  /** Starts the audio; call it from a key press or click, as browsers demand. Later calls do nothing. */
  unlock(): void;
  setMuted(muted: boolean): void;
  /**
   * Lets a voice play; silent before `unlock`, and while it is muted.
   * @param pan -1 left to 1 right
   */
  play(voice: (desk: Desk) => void, pan?: number): void;
  /** Closes the audio. */
  dispose(): void;
}

const VOLUME = 0.5;
/** Stereo is hinted at, not thrown from wall to wall. */
const PAN_SHARE = 0.6;

export function createMixer(): Mixer {
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
    play(voice, pan = 0) {
      if (muted || context?.state !== 'running' || master === undefined || noise === undefined) return;
      const panner = context.createStereoPanner();
      panner.pan.value = Math.max(-1, Math.min(1, pan)) * PAN_SHARE;
      panner.connect(master);
      voice({ ctx: context, out: panner, noise });
    },
    dispose() {
      const closing = context;
      context = undefined;
      master = undefined;
      void closing?.close();
    },
  };
}

function whiteNoise(ctx: BaseAudioContext): AudioBuffer {
  const buffer = ctx.createBuffer(1, ctx.sampleRate, ctx.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i += 1) samples[i] = Math.random() * 2 - 1;
  return buffer;
}

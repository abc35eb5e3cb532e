import { hashWords } from '../../engine/rollback/hash-words';

/** The one simulation that every contestant runs: some integer work on a few words, in a state of any size. */
export interface Simulation {
  readonly words: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array;
  step(one: number, two: number): void;
  hash(): number;
  /** Frames simulated in all. */
  steps: number;
}

/** @param stateBytes a multiple of 4, at least 64. */
export function createSimulation(stateBytes: number): Simulation {
  const words = new Int32Array(stateBytes / 4);
  const last = words.length - 1;
  return {
    words,
    bytes: new Uint8Array(words.buffer),
    steps: 0,
    step(one, two) {
      this.steps += 1;
      let mix = (words[0] ?? 0) ^ one ^ (two << 16);
      for (let i = 1; i < 16; i++) {
        mix = Math.imul(mix ^ (words[i] ?? 0), 0x01000193) ^ (mix >>> 15);
        words[i] = mix;
      }
      words[0] = mix;
      words[16 + ((mix >>> 8) % (last - 15))] = mix;
    },
    hash: () => hashWords(words),
  };
}

/** Frames that every tick takes back and simulates again. */
export const DEPTH = 7;

/** Two bytes of input that differ from those of any nearby frame, so that every guess is wrong. */
export function inputOf(player: number, frame: number): number {
  return (frame < 0 ? 0 : Math.imul(frame * 2 + player + 1, 0x9e3779b1) >>> 16) & 0xffff;
}

/** One library on the simulation. */
export interface Contestant {
  readonly name: string;
  readonly simulation: Simulation;
  /**
   * Plays tick `frame`: the remote input of `frame` − 7 arrives, seven frames are simulated again, then this one.
   */
  tick(frame: number): void;
}

import { hashWords } from '../../engine/rollback/hash-words';

/** The one simulation that every contestant runs: some integer work on a few words, in a state of any size. */
export interface Simulation {
  readonly words: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array;
  step(one: number, two: number): void;
  /** int32 */
  hash(): number;
  /** Frames simulated, and states hashed, in all. */
  steps: number;
  hashes: number;
}

/** @param stateBytes a multiple of 4, at least 64. */
export function createSimulation(stateBytes: number): Simulation {
  const words = new Int32Array(stateBytes / 4);
  const last = words.length - 1;
  return {
    words,
    bytes: new Uint8Array(words.buffer),
    steps: 0,
    hashes: 0,
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
    hash() {
      this.hashes += 1;
      return hashWords(words);
    },
  };
}

/** Frames that every tick takes back and simulates again. */
export const DEPTH = 7;

/** States hashed per tick: none, the one that was confirmed, or every one that was simulated. */
export const HASH_COUNTS = [0, 1, 8] as const;
export type HashCount = (typeof HASH_COUNTS)[number];

/** Lets the first `count` states of a tick be hashed, for libraries that would hash all of them or none. */
export function createHasher(simulation: Simulation, count: HashCount) {
  let left = 0;
  return {
    beginTick(): void {
      left = count;
    },
    /** The hash of the present state, or 0 when this tick has had its hashes. */
    hash(): number {
      if (left === 0) return 0;
      left -= 1;
      return simulation.hash();
    },
  };
}

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

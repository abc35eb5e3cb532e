import { type Game, InputStatus } from '../types';

/** A game whose whole history shows in its state, so that any wrong input is still visible at the end. */
export interface ToyGame extends Game {
  /** How many frames were simulated in all, those done again included. */
  readonly simulated: () => number;
  /** Changes the state behind the rollback's back. */
  readonly corrupt: () => void;
}

/** Shape of a toy game. */
export interface ToyOptions {
  readonly playerCount?: number;
  readonly inputBytes?: number;
  readonly stateBytes?: number;
}

/** Players push a dot along a line; a mixing word remembers everything. State: frame, mix, then position and speed each. */
export function createToyGame(options: ToyOptions = {}): ToyGame {
  const playerCount = options.playerCount ?? 2;
  const inputBytes = options.inputBytes ?? 2;
  const words = new Int32Array((options.stateBytes ?? 64) / 4);
  const state = new Uint8Array(words.buffer);
  const names = ['frame', 'mix'];
  for (let player = 0; player < playerCount; player++)
    names.push(`players[${player}].x`, `players[${player}].speed`);
  let simulated = 0;
  return {
    state,
    inputBytes,
    advance(inputs, status) {
      simulated += 1;
      let mix = words[1] ?? 0;
      for (let player = 0; player < playerCount; player++) {
        let push = 0;
        for (let i = 0; i < inputBytes; i++) push = (push << 3) ^ (inputs[player * inputBytes + i] ?? 0);
        if (status[player] === InputStatus.disconnected) push = 99;
        const speed = Math.max(-40, Math.min(40, (words[3 + player * 2] ?? 0) + (push & 15) - 7));
        words[3 + player * 2] = speed;
        words[2 + player * 2] = ((words[2 + player * 2] ?? 0) + speed) | 0;
        mix = Math.imul(mix ^ push ^ (player << 20), 0x01000193) ^ (mix >>> 13);
      }
      words[0] = (words[0] ?? 0) + 1;
      words[1] = mix;
      for (let i = 2 + playerCount * 2; i < words.length; i++) words[i] = Math.imul(mix ^ i, 0x9e3779b1);
    },
    checksum() {
      let hash = 0x811c9dc5;
      for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
      return hash >>> 0;
    },
    describe: (offset) => names[offset >> 2] ?? `padding[${offset}]`,
    simulated: () => simulated,
    corrupt() {
      words[1] = (words[1] ?? 0) ^ 0x5555;
    },
  };
}

/** The same game with its state in an object of its own; the buffer it shows is stale except right after `beforeSave`. */
export function keepElsewhere(toy: ToyGame): Game {
  const shown = new Uint8Array(toy.state.length);
  return {
    ...toy,
    state: shown,
    beforeSave: () => shown.set(toy.state),
    afterLoad: () => toy.state.set(shown),
  };
}

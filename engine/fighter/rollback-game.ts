import { type Game, InputStatus } from '../rollback/types';
import { checksum } from './checksum';
import { describeWord } from './describe';
import { createState, type MatchConfig } from './state';
import { step } from './step';

/** A match as the rollback session drives it; `words` is the same memory as `state`. */
export interface RollbackGame extends Game {
  readonly words: Int32Array;
}

/**
 * Adapts a match to a rollback session: inputs are little-endian uint16, a disconnected player presses nothing.
 * @throws RangeError as `createState` does.
 */
export function createRollbackGame(config: MatchConfig): RollbackGame {
  const words = createState(config);
  return {
    words,
    state: new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
    inputBytes: 2,
    advance(inputs, status) {
      step(words, readInput(inputs, status, 0), readInput(inputs, status, 1));
    },
    checksum: () => checksum(words),
    describe: (offset) => describeWord(offset >> 2),
  };
}

function readInput(inputs: Uint8Array, status: Uint8Array, player: number): number {
  if (status[player] === InputStatus.disconnected) return 0;
  const low = inputs[player * 2] ?? 0;
  const high = inputs[player * 2 + 1] ?? 0;
  return low | (high << 8);
}

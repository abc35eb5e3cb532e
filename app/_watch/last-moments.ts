import { isMatchOver, roundsWon } from '../../engine/fighter/outcome';
import { type Readout, readState } from '../../engine/fighter/readout';
import { decodeFight, openFight, ReplayError } from '../../engine/fighter/replay';
import { FRAMES_PER_SECOND } from '../../engine/fighter/rules';

/** Frames from before the end that are shown again: the last blow, and how it falls. */
const LAST_FRAMES = 2 * FRAMES_PER_SECOND;

/** A finished fight shortly before its end, to be played to it. */
export interface LastMoments {
  readonly words: Int32Array;
  readonly readout: () => Readout;
  readonly rounds: () => readonly [number, number];
  /** Plays one frame more; at the end it changes nothing. */
  advance(): void;
}

/**
 * Simulates a replay up to its last moments.
 * @returns undefined for a replay that this engine can't play, or which holds no whole fight.
 */
export function lastMomentsOf(data: Uint8Array): LastMoments | undefined {
  try {
    const { player, words } = openFight(decodeFight(data));
    player.seek(player.frames);
    if (!isMatchOver(words)) return undefined;
    player.seek(player.frames - LAST_FRAMES);
    return {
      words,
      readout: () => readState(words),
      rounds: () => [roundsWon(words, 1), roundsWon(words, 2)],
      advance: () => void player.step(),
    };
  } catch (error) {
    if (error instanceof ReplayError || error instanceof RangeError) return undefined;
    throw error;
  }
}

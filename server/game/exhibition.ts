import { type Bot, createBot } from '../../engine/bots/bot';
import { BOT_NAMES } from '../../engine/bots/temperaments';
import { isMatchOver, matchWinner } from '../../engine/fighter/outcome';
import { createState } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { GameState } from '../grpc/gen/proto/game';
import type { FrameSource } from './runner';
import { finalMessage, stateMessage } from './state-message';

/** An exhibition ends after five minutes, whatever the bots do. */
export const MAX_EXHIBITION_FRAMES = 18_000;

/** A different pair of temperaments for each seed. */
function botFor(seed: number, side: 1 | 2): Bot {
  const pick = side === 1 ? seed : Math.floor(seed / BOT_NAMES.length);
  return createBot(BOT_NAMES[pick % BOT_NAMES.length] ?? 'balanced', (seed ^ side) >>> 0);
}

/** uint32 of a text (FNV-1a): the same match id gives the same fight. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * A fight between two scripted bots; each `next` simulates one frame.
 * @throws RangeError for an unknown character.
 */
export function createExhibition(
  matchId: string,
  characters: readonly [number, number],
  maxFrames: number,
): FrameSource & { initial(): GameState } {
  const seed = seedOf(matchId);
  const state = createState({ seed, characters });
  const bot1 = botFor(seed, 1);
  const bot2 = botFor(seed, 2);
  let frames = 0;
  return {
    initial: () => stateMessage(matchId, state),
    next() {
      const input1 = bot1.decide(state, 1);
      const input2 = bot2.decide(state, 2);
      step(state, input1, input2);
      frames += 1;
      if (isMatchOver(state) || frames >= maxFrames) return finalMessage(matchId, state, matchWinner(state));
      return stateMessage(matchId, state);
    },
  };
}

import { Mind } from './mind';
import { look, SIGHT_WORDS } from './perception';
import { THOUGHTLESS } from './strengths';
import { type BotName, TEMPERAMENTS } from './temperaments';

/** A scripted opponent. Its choices depend on its seed and on the states it was shown, in order. */
export interface Bot {
  readonly name: BotName;
  /** The mask for this frame. Call once a frame, before `step`. Allocates nothing. */
  decide(state: Int32Array, side: 1 | 2): number;
}

/** A bot of that temperament; equal seeds and equal matches give equal inputs. It knows its own body at once. */
export function createBot(name: BotName, seed: number): Bot {
  const { delayFrames } = TEMPERAMENTS[name];
  const mind = new Mind({ manner: TEMPERAMENTS[name], ...THOUGHTLESS }, seed);
  /** The last `delayFrames` sights, oldest first from `cursor`. */
  const sights = new Int32Array(delayFrames * SIGHT_WORDS);
  let cursor = 0;
  let shown = 0;
  return {
    name,
    decide(state, side) {
      const offset = cursor * SIGHT_WORDS;
      const mask = mind.decide(state, side, shown >= delayFrames ? sights : undefined, offset);
      look(state, side, sights, offset);
      cursor = (cursor + 1) % delayFrames;
      shown += 1;
      return mask;
    },
  };
}

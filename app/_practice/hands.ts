import { createOpponent } from '../../engine/bots/opponent';
import { createPacedOpponent, type PacedOpponentOptions } from '../../engine/bots/pacing';
import type { StrengthName } from '../../engine/bots/strengths';
import type { InputSource } from '../_match/devices/input-source';
import { pressDummy, type Stance } from './dummy';

/** Who moves a fighter, as data. */
export type Controller =
  | { readonly kind: 'person'; readonly source: InputSource }
  | { readonly kind: 'bot'; readonly strength: StrengthName; readonly seed: number }
  | { readonly kind: 'arcade'; readonly opponent: PacedOpponentOptions }
  | { readonly kind: 'dummy'; readonly stance: Stance };

/** What a controller may look at to decide its next inputs. */
export interface View {
  /** The match now. */
  readonly now: Int32Array;
  /** The match some frames ago, as a bot sees it. */
  readonly late: Int32Array;
}

/** The mask of a fighter's next frame. Called once a frame, also while it doesn't count; allocates nothing. */
export type Hands = (view: View, side: 1 | 2) => number;

/** Hands of a controller, new for each match: a bot remembers what it saw. */
export function handsOf(controller: Controller): Hands {
  switch (controller.kind) {
    case 'person':
      return () => controller.source.mask();
    case 'bot': {
      const bot = createOpponent(controller.strength, controller.seed);
      return ({ late }, side) => bot.decide(late, side);
    }
    case 'arcade': {
      const opponent = createPacedOpponent(controller.opponent);
      return ({ late }, side) => opponent.decide(late, side);
    }
    case 'dummy':
      return ({ now }, side) => pressDummy(now, side, controller.stance);
  }
}

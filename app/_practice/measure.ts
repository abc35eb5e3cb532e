import { currentMove } from '../../engine/fighter/collision';
import { at, Fighter, PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';

/** What practice tells of player 1's last move and combo. */
export interface Figures {
  /** Frames before, while and after the last move strikes; all 0 before the first move. */
  startup: number;
  active: number;
  recovery: number;
  /** Hits of the last combo, and the health that it took. */
  hits: number;
  damage: number;
}

/** Watches a practice match frame by frame. */
export interface Measure {
  readonly figures: Readonly<Figures>;
  /** Call before a frame is simulated. */
  before(state: Int32Array): void;
  /** Call after it. */
  after(state: Int32Array): void;
}

export function createMeasure(): Measure {
  const figures: Figures = { startup: 0, active: 0, recovery: 0, hits: 0, damage: 0 };
  let health = 0;
  let combo = 0;
  return {
    figures,
    before(state) {
      health = at(state, PLAYER_2 + Fighter.HEALTH);
      combo = at(state, PLAYER_2 + Fighter.COMBO);
    },
    after(state) {
      const move = currentMove(state, PLAYER_1);
      if (move)
        [figures.startup, figures.active, figures.recovery] = [move.startup, move.active, move.recovery];
      const hits = at(state, PLAYER_2 + Fighter.COMBO);
      const taken = health - at(state, PLAYER_2 + Fighter.HEALTH);
      if (hits === 0 || taken <= 0) return;
      // A hit on somebody who was in control since the last one begins another combo.
      const goesOn = combo > 0 && hits > 1;
      figures.hits = hits;
      figures.damage = goesOn ? figures.damage + taken : taken;
    },
  };
}

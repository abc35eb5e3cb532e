import { MAX_GAUGE } from './rules';
import { at, Fighter, percentOf } from './state';

/** Gives a player gauge, as much of it as the handicap lets them gain. */
export function gainGauge(state: Int32Array, player: number, amount: number): void {
  const gained = percentOf(amount, at(state, player + Fighter.GAUGE_CHANGE));
  state[player + Fighter.GAUGE] = Math.min(MAX_GAUGE, at(state, player + Fighter.GAUGE) + gained);
}

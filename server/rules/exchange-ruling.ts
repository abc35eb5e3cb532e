import type { z } from 'zod/mini';
import type { ActionResult, exchangeRuling } from '../../proto/rules';
import { isPunished, playExchange } from './exchange';
import { findMove, isAirMove } from './moves';

export type ExchangeRuling = z.infer<typeof exchangeRuling>;

/**
 * Rules on a pair of moves by playing them (RULES-7). What touches is told as it was measured; a move of the air has the
 * startup of its frame data, since it touches when it comes low enough.
 * @throws {RangeError} for a move or a character that is not there: `calculateInput` looks before
 */
export function ruleOnExchange(
  session_id: string,
  { attacker, move, defender, on, answer }: Extract<ActionResult, { kind: 'exchange' }>,
): ExchangeRuling {
  const made = findMove(attacker, move);
  if (!made) throw new RangeError(`character ${attacker} has no move "${move}"`);
  const exchange = { attacker, move: made, defender, on };
  const course = playExchange(exchange);
  const isMeasured = !isAirMove(made.slot) && course.outcome !== 'missed';
  return {
    session_id,
    kind: 'exchange',
    outcome: course.outcome,
    damage: course.touches.reduce((sum, points) => sum + points, 0),
    touches: [...course.touches],
    frame_advantage: course.outcome === 'missed' ? 0 : course.advantage,
    startup: isMeasured ? course.framesBefore : made.startup,
    ...(answer === undefined ? {} : { is_punished: answered(exchange, answer) }),
  };
}

function answered(exchange: Parameters<typeof isPunished>[0], name: string): boolean {
  const answer = findMove(exchange.defender, name);
  if (!answer) throw new RangeError(`character ${exchange.defender} has no move "${name}"`);
  return isPunished(exchange, answer);
}

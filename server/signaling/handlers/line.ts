import type { Handler } from '../context';
import { figuresOf } from '../figures';

/** Of the line that asks. */
export const lineStats: Handler<'line_stats'> = async (_ctx, connection) => {
  const { playerId: _id, playerName: _name, since: _since, ...figures } = figuresOf(connection);
  return figures;
};

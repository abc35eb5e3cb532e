import { type EditingView, FIXABLE } from '../views/organising';
import { type Asker, getTournament, type TournamentContext } from './context';
import { countTaken, fixedOf } from './fixed';
import { assertRuns, MAX_FEE, MAX_SEATS, mayCharge } from './limits';

/**
 * What the form that changes a tournament has to know; `update` decides anew.
 * @throws {AppError} no_event, not_yours
 */
export async function showEditing(
  ctx: TournamentContext,
  asker: Asker,
  tournamentId: string,
): Promise<EditingView> {
  const row = await getTournament(ctx.db, tournamentId);
  assertRuns(row, asker);
  const taken = await countTaken(ctx.db, tournamentId);
  const fixed = fixedOf(row, taken);
  return {
    mayCharge: mayCharge(asker),
    minSeats: Math.max(2, taken),
    maxSeats: MAX_SEATS,
    maxFee: MAX_FEE,
    fixed: FIXABLE.flatMap((field) => {
      const why = fixed[field];
      return why ? [{ field, why }] : [];
    }),
  };
}

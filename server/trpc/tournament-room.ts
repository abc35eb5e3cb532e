import { systemClock } from '../clock';
import { getDb } from '../db/client';
import type { TournamentContext } from '../tournaments/running/context';

/** What the tournaments' functions need, as this process has it. */
export function tournamentRoom(): TournamentContext {
  return { db: getDb(), clock: systemClock };
}

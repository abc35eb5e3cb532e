import { systemClock } from '../clock';
import { getDb } from '../db/client';
import { roomLogger } from '../logger';
import type { TournamentContext } from '../tournaments/running/context';
import { comingIfKnown } from '../tournaments/running/show-coming';

/** What the tournaments' functions need, as this process has it. */
export function tournamentRoom(): TournamentContext {
  return { db: getDb(), clock: systemClock };
}

/** What pages that the server makes tell of tournaments and rooms. */
export const comingForPage = () => comingIfKnown(tournamentRoom(), roomLogger('pages'));

import { systemClock } from '../clock';
import { getDb } from '../db/client';
import { roomLogger } from '../logger';
import type { TournamentContext } from '../tournaments/running/context';
import { comingIfKnown } from '../tournaments/running/show-coming';
import { nameIfKnown } from '../tournaments/running/title';

/** What the tournaments' functions need, as this process has it. */
export function tournamentRoom(): TournamentContext {
  return { db: getDb(), clock: systemClock };
}

/** What pages that the server makes tell of tournaments and rooms. */
export const comingForPage = () => comingIfKnown(tournamentRoom(), roomLogger('pages'));

/** What the page of a tournament or a room is titled with, where it is known. */
export const nameForPage = (of: 'tournament' | 'room', id: string) =>
  nameIfKnown(tournamentRoom(), of, id, roomLogger('pages'));

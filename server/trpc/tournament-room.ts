import { systemClock } from '../clock';
import { getDb } from '../db/client';
import { roomLogger } from '../logger';
import { singleton } from '../singleton';
import type { TournamentContext } from '../tournaments/running/context';
import { ifKnown, sharedComing } from '../tournaments/running/show-coming';
import { nameIfKnown } from '../tournaments/running/title';

/** What the tournaments' functions need, as this process has it. */
export function tournamentRoom(): TournamentContext {
  return { db: getDb(), clock: systemClock };
}

/** What comes next, which pages and the API share. */
export const comingNow = () => singleton('coming', () => sharedComing(tournamentRoom()));

/** What pages that the server makes tell of tournaments and rooms. */
export const comingForPage = () => ifKnown(comingNow(), roomLogger('pages'));

/** What the page of a tournament or a room is titled with, where it is known. */
export const nameForPage = (of: 'tournament' | 'room', id: string) =>
  nameIfKnown(tournamentRoom(), of, id, roomLogger('pages'));

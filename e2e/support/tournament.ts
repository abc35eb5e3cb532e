import { expect } from '@playwright/test';
import { runAdmin } from './arcade-process';
import { ScriptClient, TrpcRefusal } from './script-client';
import { connectPeers, type Fighter, finishMatch } from './script-fight';
import { uniqueName } from './unique-name';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** Somebody who may hold any tournament. */
export async function enterOrganiser(
  origin: string,
  grant: (name: string) => Promise<unknown> = (name) => runAdmin(['grant', name]),
): Promise<ScriptClient> {
  const client = await ScriptClient.enter(origin, uniqueName('boss'));
  await grant(client.playerName);
  // A grant is seen within seconds.
  await expect
    .poll(async () => (await client.query<{ role: string }>('tournament.limits')).role, { timeout: 15_000 })
    .toBe('admin');
  return client;
}

/** Puts up a tournament; by default it is open at once, free, for four, and starts in an hour. */
export async function putUp(
  organiser: ScriptClient,
  terms: {
    readonly opensIn?: number;
    readonly startsIn?: number;
    readonly seats?: number;
    readonly fee?: number;
    readonly prizes?: number[];
    readonly format?: 'single' | 'double' | 'arena';
  } = {},
): Promise<{ readonly tournamentId: string; readonly name: string }> {
  const { opensIn = 0, startsIn = 3_600, seats = 4, fee = 0, prizes = [], format = 'single' } = terms;
  const name = uniqueName('cup');
  const { tournamentId } = await organiser.mutate<{ tournamentId: string }>('tournament.create', {
    name,
    format,
    seats,
    fee,
    prizes,
    opensAt: inSeconds(opensIn),
    startsAt: inSeconds(startsIn),
    checkInSeconds: 0,
  });
  return { tournamentId, name };
}

/** Stands in line and takes a seat of a tournament that is open and costs nothing. */
export async function takeSeat(client: ScriptClient, tournamentId: string): Promise<void> {
  await client.mutate('tournament.join', { tournamentId });
  await expect
    .poll(
      async () => {
        try {
          const { state } = await client.mutate<{ state: string }>('tournament.reserve', { tournamentId });
          return state;
        } catch (error) {
          // Not this one's turn yet.
          if (error instanceof TrpcRefusal) return JSON.stringify(error.detail);
          throw error;
        }
      },
      { timeout: 20_000 },
    )
    .toBe('confirmed');
}

/** A fight that the arcade has arranged between two of them, player 1 first. */
export interface Arranged {
  readonly sessionId: string;
  readonly pair: readonly [Fighter, Fighter];
}

/** The next fights that are arranged among these people, as many as there are to be. */
export async function hearArranged(
  fighters: readonly Fighter[],
  count: number,
  known: ReadonlySet<string>,
): Promise<Arranged[]> {
  const found = new Map<string, Fighter[]>();
  await expect
    .poll(
      () => {
        found.clear();
        for (const fighter of fighters)
          for (const { event, payload } of fighter.socket.heard) {
            const sessionId = String(payload.sessionId);
            if (event !== 'match_request_accepted' || known.has(sessionId)) continue;
            expect(payload.source).toBe('tournament');
            const { playerIndex } = payload.config as { playerIndex: 1 | 2 };
            const pair = found.get(sessionId) ?? [];
            pair[playerIndex - 1] = fighter;
            found.set(sessionId, pair);
          }
        return [...found.values()].filter(([one, two]) => one && two).length;
      },
      { timeout: 60_000 },
    )
    .toBe(count);
  return [...found].map(([sessionId, [one, two]]) => {
    if (!one || !two) throw new Error(`Only one of two heard of ${sessionId}.`);
    return { sessionId, pair: [one, two] };
  });
}

/** The two connect, and fight it out by a script that player 1 wins; returns who that is. */
export async function fightOut(
  { sessionId, pair }: Arranged,
  whenBegun?: () => Promise<void>,
): Promise<Fighter> {
  const match = await connectPeers(pair[0], pair[1], sessionId);
  const begun = whenBegun?.();
  const verdict = await finishMatch(pair, sessionId, match);
  expect(verdict).toMatchObject({ winner: 1 });
  await begun;
  return pair[0];
}

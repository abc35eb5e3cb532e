import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import {
  beginArranged,
  connectPeers,
  fight,
  giveUp,
  IDLE_INPUTS,
  inputsFor,
  playArranged,
  playFor,
  sendFrames,
} from '../../signaling/testing/match';
import type { Player } from '../../signaling/testing/player';
import { proveBooks } from '../ledger/prove-books';
import { pauseTournament, resumeTournament } from '../running/organise';
import { showBracket } from '../running/show-bracket';
import { disqualify, replaceEntrant, reschedule } from '../running/steer';
import { type Hall, type RunningPair, startHall } from '../testing/hall';
import { CALL_SECONDS } from './calling';

let database: TestDatabase;
let hall: Hall;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  hall = await startHall(database.db);
});
afterEach(() => hall.close());

const tournamentOf = (id: string) => hall.ctx.db.tournament.findUniqueOrThrow({ where: { id } });
const pairingsOf = (tournamentId: string) =>
  hall.ctx.db.pairing.findMany({ where: { tournamentId }, orderBy: { number: 'asc' } });
const placesOf = async (tournamentId: string) =>
  (
    await hall.ctx.db.entrant.findMany({
      where: { tournamentId },
      orderBy: [{ place: 'asc' }, { seed: 'asc' }],
      select: { place: true },
    })
  ).map(({ place }) => place);

async function begun(count: number, terms: Parameters<Hall['open']>[0] = {}) {
  const id = await hall.open(terms);
  const people = await hall.enter(id, count);
  await hall.start(id);
  return { id, people };
}

/** The pairings that are fought now, at least one. */
async function pairs(id: string, people: readonly Player[]): Promise<[RunningPair, ...RunningPair[]]> {
  const [first, ...rest] = await hall.running(id, people);
  if (!first) throw new Error('Nothing is fought.');
  return [first, ...rest];
}

/** The two tell different inputs: the judge calls it disputed. */
async function dispute({ one, two, sessionId }: RunningPair): Promise<void> {
  const { config } = await one.hear('match_request_accepted', (told) => told.sessionId === sessionId);
  await two.hear('match_request_accepted', (told) => told.sessionId === sessionId);
  await connectPeers(one, two, sessionId);
  const inputs = inputsFor(config);
  const others = Buffer.from(inputs);
  others.writeUInt16LE(others.readUInt16LE(40) ^ 1, 40);
  playFor(hall.arcade, 60);
  await sendFrames(one, sessionId, inputs, 0, 60);
  await sendFrames(two, sessionId, others, 0, 60);
  await one.hear('match_ended', (told) => told.sessionId === sessionId);
}

describe('a bracket that is fought', { timeout: 120_000 }, () => {
  it('TOUR-5, TOUR-6: goes from registration to places, with results from the judge alone', async () => {
    const id = await hall.open({ checkInSeconds: 120, prizes: [60, 30] });
    const people = await hall.enter(id, 5);
    await hall.pass(200);
    expect((await tournamentOf(id)).status).toBe('checkin');
    await hall.ctx.db.entrant.updateMany({
      where: { tournamentId: id, userId: { not: people[4]?.id ?? '' } },
      data: { checkedInAt: new Date(hall.arcade.clock.now()) },
    });
    await hall.start(id);
    expect((await tournamentOf(id)).status).toBe('running');
    // Who did not check in is out, the rest is seeded by rating.
    const entrants = await hall.ctx.db.entrant.findMany({ where: { tournamentId: id } });
    const seedOf = (player?: Player) => entrants.find(({ userId }) => userId === player?.id);
    expect(people.map((player) => seedOf(player)?.seed)).toEqual([1, 2, 3, 4, null]);
    expect(seedOf(people[4])?.outBecause).toBe('no_show');
    const fought = await pairs(id, people);
    expect(fought.map(({ one, two }) => [one.id, two.id])).toEqual([
      [people[0]?.id, people[3]?.id],
      [people[1]?.id, people[2]?.id],
    ]);
    const shown = await showBracket(hall.ctx, id);
    expect(shown.running.map(({ sessionId }) => sessionId)).toEqual(fought.map(({ sessionId }) => sessionId));

    await hall.playOut(id, people);
    expect((await tournamentOf(id)).status).toBe('ended');
    expect(await placesOf(id)).toEqual([1, 2, 3, 3, null]);
    // The judge's word is the bracket's.
    for (const pairing of await pairingsOf(id)) {
      const result = await hall.ctx.db.matchResult.findUniqueOrThrow({
        where: { sessionId: pairing.sessionId ?? '' },
      });
      expect([pairing.status, pairing.winner, pairing.reason]).toEqual([
        'ended',
        result.winner,
        result.reason,
      ]);
    }
    // TOUR-13
    const paid = await hall.ctx.db.ledgerEntry.findMany({ where: { transfer: { key: `prizes:${id}` } } });
    const winners = await hall.ctx.db.entrant.findMany({
      where: { tournamentId: id, prize: { gt: 0 } },
      orderBy: { place: 'asc' },
    });
    expect(paid.map(({ accountId, amount }) => [accountId, Number(amount)]).toSorted()).toEqual(
      [
        [`player:${winners[0]?.userId}`, 60],
        [`player:${winners[1]?.userId}`, 30],
        ['house:prizes', -90],
      ].toSorted(),
    );
    expect((await proveBooks(hall.ctx.db)).violations).toEqual([]);
    const ratings = await hall.ctx.db.rating.findMany({
      where: { playerId: { in: people.map((player) => player.id) } },
      orderBy: { fights: 'desc' },
    });
    expect(ratings.map(({ fights }) => fights)).toEqual([2, 2, 1, 1, 0]);
  });

  it('TOUR-8: puts out who does not come in time, and both absent the worse seed', async () => {
    const { id, people } = await begun(4);
    const [, , , last] = people;
    // The fights of the first call end before anything is fought: three of the four leave.
    for (const player of [people[1], people[2], last]) player?.close();
    await expect
      .poll(() => people.filter(({ id: one }) => hall.arcade.sessions.isOnline(one)).length)
      .toBe(1);
    await hall.pass(9);
    await expect
      .poll(async () => (await pairingsOf(id)).map(({ status, reason }) => `${status} ${reason}`))
      .toEqual(['ended no_show', 'ready null', 'waiting null']);
    await hall.pass(11);
    expect((await pairingsOf(id))[1]).toMatchObject({ status: 'called', replayed: true });
    await hall.pass(CALL_SECONDS - 1);
    expect((await pairingsOf(id))[1]?.status).toBe('called');
    await hall.pass(2);
    expect((await pairingsOf(id))[1]).toMatchObject({ status: 'ended', winner: 1, reason: 'both_absent' });
    await hall.pass(11);
    await hall.pass(CALL_SECONDS + 1);
    expect((await pairingsOf(id))[2]).toMatchObject({ winner: 1, reason: 'no_show' });
    expect((await tournamentOf(id)).status).toBe('ended');
    expect(await placesOf(id)).toEqual([1, 2, 3, 3]);
  });

  it('TOUR-9: is fought again once after a dispute, then the better seed goes on', async () => {
    const { id, people } = await begun(2);
    const [first] = await pairs(id, people);
    await dispute(first);
    await hall.beat();
    expect(await pairingsOf(id)).toMatchObject([{ status: 'ready', replayed: true, winner: 0 }]);
    await hall.pass(11);
    const [second] = await pairs(id, people);
    expect(second.sessionId).not.toBe(first.sessionId);
    await dispute(second);
    expect(await pairingsOf(id)).toMatchObject([{ status: 'ended', winner: 1, reason: 'seed' }]);
    expect((await tournamentOf(id)).status).toBe('ended');
    // A dispute moves no rating.
    expect(
      await hall.ctx.db.rating.count({
        where: { playerId: { in: people.map((p) => p.id) }, fights: { gt: 0 } },
      }),
    ).toBe(0);
  });

  it('TOUR-9: counts sets of three by fights won', async () => {
    const { id, people } = await begun(2, { bestOf: 3 });
    await hall.playOut(id, people);
    const [pairing] = await pairingsOf(id);
    expect(Math.max(pairing?.wins1 ?? 0, pairing?.wins2 ?? 0)).toBe(2);
    expect(pairing?.winner).toBe((pairing?.wins1 ?? 0) > (pairing?.wins2 ?? 0) ? 1 : 2);
    const fights = await hall.ctx.db.matchSession.count({
      where: { player1Id: { in: people.map((player) => player.id) }, status: 'ended' },
    });
    expect(fights).toBe((pairing?.wins1 ?? 0) + (pairing?.wins2 ?? 0));
  });

  it('TOUR-7: is lost by who leaves before the fight', async () => {
    const { id, people } = await begun(2);
    const [{ one, sessionId }] = await pairs(id, people);
    await one.send('leave_match', { playerId: one.id, sessionId });
    expect(await pairingsOf(id)).toMatchObject([{ status: 'ended', winner: 2, reason: 'forfeit' }]);
  });

  it('SES-11, TOUR-6: writes verdict, ratings, pairing and bracket together or not at all', async () => {
    const { id, people } = await begun(4);
    const [{ one, two, sessionId }] = await pairs(id, people);
    const before = await tournamentOf(id);
    const all = await pairingsOf(id);
    let failures = 0;
    hall.after = () => {
      failures += 1;
      throw new Error('the process dies here');
    };
    await beginArranged({ one, two });
    await fight(hall.arcade, [one, two], sessionId, IDLE_INPUTS, 0, 120);
    await giveUp(two, sessionId);
    expect(failures).toBeGreaterThan(0);
    expect((await tournamentOf(id)).bracket).toEqual(before.bracket);
    expect(await pairingsOf(id)).toEqual(all);
    expect(await hall.ctx.db.matchResult.count({ where: { sessionId } })).toBe(0);
    expect(await hall.ctx.db.rating.count({ where: { playerId: one.id, fights: { gt: 0 } } })).toBe(0);
    hall.after = () => {};
    // The sweep of the sessions tries again.
    hall.arcade.clock.advance(1_000);
    await one.hear('match_ended', (told) => told.sessionId === sessionId);
    expect((await pairingsOf(id))[0]).toMatchObject({ status: 'ended', sessionId });
    expect(await hall.ctx.db.rating.count({ where: { playerId: one.id, fights: 1 } })).toBe(1);
  });

  it('TOUR-10: goes on after a restart: what was fought is fought on, what was beginning begins again', async () => {
    const { id, people } = await begun(4);
    const [first, second] = await pairs(id, people);
    if (!second) throw new Error('Two pairings are fought.');
    await beginArranged(first);
    await fight(hall.arcade, [first.one, first.two], first.sessionId, IDLE_INPUTS, 0, 120);
    await hall.restart();
    const back = await Promise.all(people.map((player) => hall.arcade.connect(player.id)));
    expect((await pairingsOf(id)).map(({ status, replayed }) => [status, replayed])).toEqual([
      ['running', false],
      ['ready', false],
      ['waiting', false],
    ]);
    const [one, two] = [first.one, first.two].map((player) => back.find((other) => other.id === player.id));
    if (!one || !two) throw new Error('Both are back.');
    await fight(hall.arcade, [one, two], first.sessionId, IDLE_INPUTS, 120, 240);
    await giveUp(two, first.sessionId);
    await one.hear('match_ended', (told) => told.sessionId === first.sessionId);
    await hall.restart();
    const again = await Promise.all(people.map((player) => hall.arcade.connect(player.id)));
    await hall.pass(11);
    await hall.playOut(id, again);
    expect(await placesOf(id)).toEqual([1, 2, 3, 3]);
  });
});

describe('those who run it', { timeout: 120_000 }, () => {
  it('TOUR-14: disqualify: what is open is lost at once, the fight decides nothing any more', async () => {
    const { id, people } = await begun(3);
    const [{ one, two }] = await pairs(id, people);
    await disqualify(hall.ctx, hall.owner, { tournamentId: id, playerId: one.id, reason: 'cheats' });
    expect((await pairingsOf(id))[0]).toMatchObject({ status: 'ended', winner: 2, reason: 'disqualified' });
    const { sessionId } = await playArranged(hall.arcade, { one, two });
    expect(sessionId).toBe((await pairingsOf(id))[0]?.sessionId);
    expect((await pairingsOf(id))[0]).toMatchObject({ winner: 2, reason: 'disqualified' });
    await hall.pass(11);
    await hall.playOut(id, people);
    expect(await placesOf(id)).toEqual([1, 2, 3]);
    const audited = await hall.ctx.db.auditEvent.findMany({ where: { target: id } });
    expect(audited).toMatchObject([
      { action: 'tournament.disqualify', actorId: hall.owner.playerId, reason: 'cheats' },
    ]);
  });

  it('TOUR-14: pause: nobody is called, and what was to come comes later by as much', async () => {
    const { id, people } = await begun(3);
    const [{ one, two }] = await pairs(id, people);
    await pauseTournament(hall.ctx, hall.owner, id);
    await playArranged(hall.arcade, { one, two });
    await hall.pass(600);
    expect((await pairingsOf(id)).map(({ status }) => status)).toEqual(['ended', 'ready']);
    await resumeTournament(hall.ctx, hall.owner, id);
    await hall.pass(11);
    expect(await pairs(id, people)).toHaveLength(1);
  });

  it('TOUR-14: replace somebody before the first fight, and not after', async () => {
    const { id, people } = await begun(3);
    const [best] = people;
    const late = await hall.arcade.enter('Late');
    const request = { tournamentId: id, playerId: best?.id ?? '', byPlayerId: late.id };
    const [{ one }] = await pairs(id, people);
    await expect(
      replaceEntrant(hall.ctx, hall.owner, { ...request, playerId: one.id }),
    ).rejects.toMatchObject({ detail: { reason: 'too_late' } });
    await replaceEntrant(hall.ctx, hall.owner, request);
    expect((await pairingsOf(id)).at(-1)?.player1Id).toBe(late.id);
    await hall.playOut(id, [...people, late]);
    const entrants = await hall.ctx.db.entrant.findMany({ where: { tournamentId: id } });
    expect(entrants.find(({ userId }) => userId === best?.id)).toMatchObject({
      outBecause: 'replaced',
      place: null,
    });
    expect(entrants.find(({ userId }) => userId === late.id)?.place).toBeLessThanOrEqual(2);
  });

  it('TOUR-14: call a pairing later', async () => {
    const id = await hall.open();
    const people = await hall.enter(id, 2);
    for (const player of people) player.close();
    await hall.start(id);
    const [pairing] = await pairingsOf(id);
    expect(pairing?.status).toBe('called');
    const notBefore = new Date(hall.arcade.clock.now() + 3_600_000);
    await reschedule(hall.ctx, hall.owner, { tournamentId: id, pairingId: pairing?.id ?? '', notBefore });
    await hall.pass(3_500);
    expect(await pairingsOf(id)).toMatchObject([{ status: 'ready', deadlineAt: null }]);
    await hall.pass(101);
    expect(await pairingsOf(id)).toMatchObject([{ status: 'called' }]);
  });
});

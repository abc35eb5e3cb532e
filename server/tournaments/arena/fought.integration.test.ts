import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { playArranged } from '../../signaling/testing/match';
import { standBy } from '../running/entering';
import { pauseTournament, resumeTournament } from '../running/organise';
import { showBracket } from '../running/show-bracket';
import { type Hall, startHall } from '../testing/hall';

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

const player = (id = '') => ({ playerId: id });
const entrantsOf = (tournamentId: string) => hall.ctx.db.entrant.findMany({ where: { tournamentId } });
const pairOf = (ids: readonly string[]) => [...ids].sort().join(' ');

describe('an arena that is fought', { timeout: 120_000 }, () => {
  it('TOUR-11, TOUR-12: pairs whoever is ready until its end, and gives places by points', async () => {
    const id = await hall.open({ format: 'arena', durationSeconds: 150, prizes: [50] });
    const people = await hall.enter(id, 4);
    await hall.start(id);
    let fights = 0;
    for (let round = 0; round < 60; round += 1) {
      const { status } = await hall.ctx.db.tournament.findUniqueOrThrow({ where: { id } });
      if (status !== 'running') break;
      const running = await hall.running(id, people);
      for (const [index, pair] of running.entries())
        await playArranged(hall.arcade, pair, (round + index) % 3 === 0 ? pair.two : pair.one);
      fights += running.length;
      await hall.pass(20);
    }
    const pairings = await hall.ctx.db.pairing.findMany({ where: { tournamentId: id } });
    expect(pairings.filter(({ reason }) => reason === 'forfeit')).toHaveLength(fights);
    expect(fights).toBeGreaterThan(6);
    const entrants = await entrantsOf(id);
    const sum = (what: 'fights' | 'points') => entrants.reduce((total, entrant) => total + entrant[what], 0);
    expect(sum('fights')).toBe(2 * fights);
    expect(sum('points')).toBeGreaterThanOrEqual(2 * fights);
    for (const { place, points } of entrants)
      expect(place).toBe(1 + entrants.filter((other) => other.points > points).length);
    const prizes = entrants.reduce((total, { prize }) => total + prize, 0);
    expect(prizes).toBeGreaterThan(48);
    const shown = await showBracket(hall.ctx, id);
    expect(shown.standings[0]?.place).toBe(1);
    expect(shown.pairings).toHaveLength(pairings.length);
    // Nobody is sent out after the end.
    await hall.pass(60);
    expect(await hall.running(id, people)).toEqual([]);
  });

  it('leaves those alone who rest, are away, or fight elsewhere, and gives nothing for a fight that was none', async () => {
    const id = await hall.open({ format: 'arena', durationSeconds: 600 });
    const people = await hall.enter(id, 3);
    await hall.start(id);
    const [pair] = await hall.running(id, people);
    if (!pair) throw new Error('Two of three are sent out.');
    const third = people.find((one) => one !== pair.one && one !== pair.two);
    await pair.two.send('leave_match', { playerId: pair.two.id, sessionId: pair.sessionId });
    await hall.beat();
    const [next] = await hall.running(id, people);
    expect(pairOf([next?.one.id ?? '', next?.two.id ?? ''])).toBe(pairOf([pair.one.id, third?.id ?? '']));
    expect((await entrantsOf(id)).every(({ points, fights }) => points === 0 && fights === 0)).toBe(true);
    // Who left takes part again by saying so.
    const left = () =>
      hall.ctx.db.entrant.findFirstOrThrow({ where: { tournamentId: id, userId: pair.two.id } });
    expect((await left()).readyAt).toBeNull();
    await standBy(hall.ctx, player(pair.two.id), { tournamentId: id, isReady: true });
    expect((await left()).readyAt).not.toBeNull();
    await expect(
      standBy(hall.ctx, player(hall.owner.playerId), { tournamentId: id, isReady: true }),
    ).rejects.toMatchObject({ detail: { reason: 'not_yours' } });
  });

  it('sends nobody out while it is paused, and ends later by as much', async () => {
    const id = await hall.open({ format: 'arena', durationSeconds: 600 });
    const people = await hall.enter(id, 2);
    await pauseTournament(hall.ctx, hall.owner, id);
    await hall.start(id);
    await hall.pass(600);
    expect((await hall.ctx.db.tournament.findUniqueOrThrow({ where: { id } })).status).toBe('open');
    await resumeTournament(hall.ctx, hall.owner, id);
    await hall.start(id);
    const [pair] = await hall.running(id, people);
    if (!pair) throw new Error('Two are sent out.');
    await playArranged(hall.arcade, pair);
    await pauseTournament(hall.ctx, hall.owner, id);
    await hall.pass(900);
    expect(await hall.running(id, people)).toEqual([]);
    await resumeTournament(hall.ctx, hall.owner, id);
    await hall.pass(10);
    expect(await hall.running(id, people)).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { LobbyPlayer } from '../../proto/signaling-payloads';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { intervalFor } from './broadcast';
import { Lobby, type LobbyChange } from './lobby';

function setup() {
  const clock = createFakeClock();
  const published: (LobbyChange & { at: number; players: LobbyPlayer[] })[] = [];
  const inMatch = new Set<string>();
  const start = clock.now();
  const lobby = new Lobby({
    clock,
    isInMatch: (id) => inMatch.has(id),
    publish: (change) => published.push({ ...change, at: clock.now() - start, players: lobby.snapshot() }),
  });
  return { clock, lobby, published, inMatch };
}

const byId = (a: LobbyPlayer, b: LobbyPlayer) => (a.playerId < b.playerId ? -1 : 1);

describe('the lobby', () => {
  it('SIG-15: tells a player who joins within a second', () => {
    const { clock, lobby, published } = setup();
    lobby.join('a', 'Ann');
    clock.advance(1000);
    expect(published).toHaveLength(1);
    expect(published[0]?.players).toEqual([{ playerId: 'a', playerName: 'Ann', status: 'available' }]);
  });

  it('publishes at most four times a second, and the last change always', () => {
    const { clock, lobby, published } = setup();
    for (let i = 0; i < 1000; i += 1) {
      if (i % 100 < 50) lobby.join(`p${i % 50}`, 'somebody');
      else lobby.leave(`p${i % 50}`);
      clock.advance(10);
    }
    lobby.leave('p0');
    clock.advance(1000);
    const gaps = published.slice(1).map(({ at }, i) => at - (published[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
    expect(published.length).toBeGreaterThan(30);
    expect(published.at(-1)?.players.some(({ playerId }) => playerId === 'p0')).toBe(false);
  });

  it('SIG-20: numbers its changes, and each leads from one list to the next', () => {
    const { clock, lobby, published, inMatch } = setup();
    const list = new Map<string, LobbyPlayer>();
    let random = 7;
    const draw = (bound: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return (random >>> 8) % bound;
    };
    for (let i = 0; i < 2_000; i += 1) {
      const id = `p${draw(30)}`;
      const kind = draw(4);
      if (kind === 0) lobby.join(id, `name ${draw(2)}`);
      else if (kind === 1) lobby.leave(id);
      else {
        if (inMatch.has(id)) inMatch.delete(id);
        else inMatch.add(id);
        lobby.statusChanged(id);
      }
      clock.advance(draw(60));
    }
    clock.advance(1_000);
    for (const [index, { seq, joined, left, changed, players }] of published.entries()) {
      expect(seq).toBe(index + 1);
      for (const player of joined) expect(list.has(player.playerId)).toBe(false);
      for (const player of changed) expect(list.get(player.playerId)).not.toEqual(player);
      for (const player of [...joined, ...changed]) list.set(player.playerId, player);
      for (const id of left) expect(list.delete(id)).toBe(true);
      expect([...list.values()].sort(byId)).toEqual(players.sort(byId));
    }
    expect(published.length).toBeGreaterThan(100);
    const bytes = Buffer.byteLength(JSON.stringify(lobby.snapshot()));
    expect(Math.abs(lobby.bytes - bytes)).toBeLessThan(8);
  });

  it('SIG-20: says again what undid itself, where a list went out in between', () => {
    const { clock, lobby, published, inMatch } = setup();
    lobby.join('x', 'Xan');
    lobby.join('y', 'Yu');
    clock.advance(1_000);
    // A ghost otherwise: N's list has Z, who is gone before anybody was told.
    lobby.join('z', 'Zoe');
    expect(lobby.snapshot().map(({ playerId }) => playerId)).toContain('z');
    lobby.leave('z');
    clock.advance(1_000);
    expect(published.at(-1)).toMatchObject({ joined: [], left: ['z'], changed: [] });
    // Somebody missing otherwise: X was away for a moment, and Y in a match.
    lobby.leave('x');
    inMatch.add('y');
    lobby.statusChanged('y');
    expect(lobby.snapshot()).toMatchObject([{ playerId: 'y', status: 'in_match' }]);
    lobby.join('x', 'Xan');
    inMatch.delete('y');
    lobby.statusChanged('y');
    clock.advance(1_000);
    const { joined, left, changed } = published.at(-1) ?? {};
    expect({ joined, left, changed: changed?.map(({ playerId }) => playerId) }).toEqual({
      ...{ joined: [], left: [], changed: ['x', 'y'] },
    });
    // Once is enough.
    lobby.join('z', 'Zoe');
    lobby.leave('z');
    clock.advance(1_000);
    expect(published).toHaveLength(3);
  });

  it('says nothing of what undid itself', () => {
    const { clock, lobby, published } = setup();
    lobby.join('a', 'Ann');
    lobby.leave('a');
    clock.advance(1_000);
    expect(published).toEqual([]);
  });

  it('keeps its word of one second in a crowd', () => {
    const { clock, lobby, published } = setup();
    for (let i = 0; i < 500; i += 1) lobby.join(`p${i}`, 'somebody');
    clock.advance(1000);
    lobby.join('late', 'Late');
    clock.advance(1000);
    expect(published.at(-1)?.players).toHaveLength(501);
  });

  it('says who is in a match, and stays silent when nothing changes', () => {
    const { clock, lobby, published, inMatch } = setup();
    lobby.join('a', 'Ann');
    clock.advance(1000);
    inMatch.add('a');
    lobby.statusChanged('a');
    clock.advance(1000);
    expect(published.at(-1)?.players[0]?.status).toBe('in_match');
    clock.advance(60_000);
    lobby.leave('nobody');
    lobby.statusChanged('nobody');
    lobby.join('a', 'Ann');
    clock.advance(1000);
    expect(published).toHaveLength(2);
  });
});

describe('whole lists', () => {
  it.each([1, 10, 100, 600, 1_000, 2_000])(
    'SIG-15: of %i people come as often as 64 KB a second allow',
    (people) => {
      const bytes = people * 102;
      const interval = intervalFor(bytes);
      // In any 20 s, its first moment included and its last not.
      const inWindow = Math.ceil(20_000 / interval);
      expect(inWindow * bytes).toBeLessThanOrEqual(20 * 64 * 1024);
      expect(interval).toBeLessThanOrEqual(Math.max(2_000, (2 * 1_000 * bytes) / (64 * 1024)));
    },
  );

  it('SIG-15: of ten thousand people come one in 20 s', () => {
    expect(intervalFor(10_000 * 102)).toBe(20_000);
    expect(intervalFor(20_000 * 102)).toBeGreaterThan(20_000);
  });
});

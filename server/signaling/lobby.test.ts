import { describe, expect, it } from 'vitest';
import type { LobbyPlayer } from '../../proto/signaling';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { Lobby } from './lobby';

function setup() {
  const clock = createFakeClock();
  const published: { at: number; players: LobbyPlayer[] }[] = [];
  const inMatch = new Set<string>();
  const start = clock.now();
  const lobby = new Lobby({
    clock,
    isInMatch: (id) => inMatch.has(id),
    publish: () => published.push({ at: clock.now() - start, players: lobby.snapshot() }),
  });
  return { clock, lobby, published, inMatch };
}

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
      lobby.join(`p${i % 50}`, 'somebody');
      clock.advance(10);
    }
    lobby.leave('p0');
    clock.advance(1000);
    const gaps = published.slice(1).map(({ at }, i) => at - (published[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
    expect(published.length).toBeGreaterThan(30);
    expect(published.at(-1)?.players.some(({ playerId }) => playerId === 'p0')).toBe(false);
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
    lobby.changed();
    clock.advance(1000);
    expect(published.at(-1)?.players[0]?.status).toBe('in_match');
    clock.advance(60_000);
    lobby.leave('nobody');
    clock.advance(1000);
    expect(published).toHaveLength(2);
  });
});

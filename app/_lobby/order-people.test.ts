import { describe, expect, it } from 'vitest';
import type { LobbyPlayer } from '@/proto/signaling';
import { orderPeople } from './order-people';

const player = (playerName: string, status: LobbyPlayer['status']): LobbyPlayer => ({
  playerId: playerName,
  playerName,
  status,
});

describe('the order of people in the lobby', () => {
  it('puts those who can be challenged first, each group by name', () => {
    const people = [player('zoe', 'in_match'), player('Yun10', 'available'), player('yun9', 'available')];
    expect(orderPeople(people, undefined).map(({ playerName }) => playerName)).toEqual([
      'yun9',
      'Yun10',
      'zoe',
    ]);
  });

  it('leaves oneself out, as nobody can challenge themselves', () => {
    expect(orderPeople([player('me', 'available')], 'me')).toEqual([]);
  });

  it('does not change the list it was given', () => {
    const people = Object.freeze([player('b', 'available'), player('a', 'available')]);
    expect(orderPeople(people, undefined)[0]?.playerName).toBe('a');
  });
});

import { describe, expect, it } from 'vitest';
import type { LobbyPlayer } from '../proto/signaling-payloads';
import { createLobbyList } from './lobby-list';

const player = (name: string, status: LobbyPlayer['status'] = 'available'): LobbyPlayer => ({
  ...{ playerId: name, playerName: name, status },
});
const nothing = { joined: [], left: [], changed: [] };

describe('SIG-20: the lobby in the browser', () => {
  it('is the whole list with every change after it', () => {
    const list = createLobbyList();
    expect(list.take({ players: [player('a'), player('b')], seq: 4 })).toHaveLength(2);
    const next = {
      ...nothing,
      seq: 5,
      joined: [player('c')],
      left: ['a'],
      changed: [player('b', 'in_match')],
    };
    expect(list.apply(next)).toEqual([player('b', 'in_match'), player('c')]);
    // What the list knew already, it knows once.
    expect(list.apply({ ...nothing, seq: 6, joined: [player('c')], left: ['a'] })).toHaveLength(2);
  });

  it('asks for the list where a change is missing, and takes none before it', () => {
    const list = createLobbyList();
    expect(list.apply({ ...nothing, seq: 1, joined: [player('a')] })).toBeUndefined();
    list.take({ players: [player('a')], seq: 7 });
    expect(list.apply({ ...nothing, seq: 9, left: ['a'] })).toBeUndefined();
    expect(list.apply({ ...nothing, seq: 8, left: ['a'] })).toEqual([]);
    list.take({ players: [player('b')], seq: 12 });
    // Of before the list.
    expect(list.apply({ ...nothing, seq: 11, left: ['b'] })).toEqual([player('b')]);
    expect(list.apply({ ...nothing, seq: 13, left: ['b'] })).toEqual([]);
  });

  it('takes whole lists from a server that has no changes', () => {
    const list = createLobbyList();
    expect(list.take({ players: [player('a')] })).toHaveLength(1);
    expect(list.take({ players: [] })).toEqual([]);
  });
});

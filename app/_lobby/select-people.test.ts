import { describe, expect, it } from 'vitest';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import type { RelationKind } from '@/proto/social';
import { type Selection, selectPeople } from './select-people';

const player = (playerName: string, more: Partial<LobbyPlayer> = {}): LobbyPlayer => ({
  playerId: playerName,
  playerName,
  status: 'available',
  ...more,
});
const EVERYBODY: Selection = { words: '', shown: 'all' };
const relations = (of: Record<string, RelationKind[]>) =>
  new Map(Object.entries(of).map(([id, kinds]) => [id, new Set(kinds)]));
const names = (people: readonly LobbyPlayer[]) => people.map(({ playerName }) => playerName);

describe('the people of the lobby as one player sees them', () => {
  it('puts those who can be challenged first, each group by name, favourites ahead and blocked ones last', () => {
    const people = [
      player('blocked'),
      player('zoe', { status: 'in_match' }),
      player('Yun10'),
      player('yun9'),
      player('busy', { doNotDisturb: true }),
      player('zz friend'),
      player('yy friend', { status: 'in_match' }),
    ];
    const known = relations({
      blocked: ['block'],
      'zz friend': ['favourite'],
      'yy friend': ['favourite', 'mute'],
    });
    expect(names(selectPeople(people, undefined, known, EVERYBODY))).toEqual([
      'zz friend',
      'yun9',
      'Yun10',
      'yy friend',
      'busy',
      'zoe',
      'blocked',
    ]);
  });

  it('leaves oneself out, as nobody can challenge themselves', () => {
    expect(selectPeople([player('me')], 'me', new Map(), EVERYBODY)).toEqual([]);
  });

  it('finds by any part of a name, whatever its case and width', () => {
    const people = [player('Kim_Ryu'), player('ｒｙｕ'), player('한국인'), player('Ann')];
    const find = (words: string) =>
      names(selectPeople(people, undefined, new Map(), { words, shown: 'all' }));
    expect(find(' RYU ')).toEqual(['Kim_Ryu', 'ｒｙｕ']);
    expect(find('국')).toEqual(['한국인']);
    expect(find('nobody')).toEqual([]);
  });

  it('shows those who are free, or favourites', () => {
    const people = [player('a'), player('b', { status: 'in_match' }), player('c', { doNotDisturb: true })];
    const known = relations({ b: ['favourite'] });
    const show = (shown: Selection['shown']) =>
      names(selectPeople(people, undefined, known, { words: '', shown }));
    expect(show('free')).toEqual(['a']);
    expect(show('favourites')).toEqual(['b']);
  });

  it('comes to the same from whatever was before, and does not change the list it was given', () => {
    const people = Object.freeze(Array.from({ length: 200 }, (_, index) => player(`p${(index * 37) % 200}`)));
    const plain = selectPeople(people, undefined, new Map(), EVERYBODY);
    const later = Object.freeze([...people.slice(20), player('new')]);
    expect(selectPeople(later, undefined, new Map(), EVERYBODY, plain)).toEqual(
      selectPeople(later, undefined, new Map(), EVERYBODY),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import en from '../../_i18n/en.json';
import ko from '../../_i18n/ko.json';
import { GET as getOne } from './[id]/route';
import { GET as getAll } from './route';

const one = (id: string) =>
  getOne(new Request('http://arcade/api/characters/x'), { params: Promise.resolve({ id }) });

type Tree = { readonly [key: string]: string | Tree };

/** The word at a path of keys. */
function leafOf(words: Tree, path: string): unknown {
  return path
    .split('.')
    .reduce<Tree | string | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), words);
}

describe('GET /api/characters', () => {
  it('GAME-8: lists everyone who can fight', async () => {
    const { characters } = await getAll().json();
    expect(characters).toEqual(
      CHARACTERS.map(({ id, slug, archetype, stats }) => ({
        ...{ id, slug, archetype, health: stats.health },
        ...{ name: en.fighters[slug].name, nameKo: ko.fighters[slug].name },
        // The words that the pages show.
        ...{ blurb: en.fighters[slug].blurb, blurbKo: ko.fighters[slug].blurb },
      })),
    );
  });
});

describe('GET /api/characters/:id', () => {
  it('GAME-9: tells the frame data, from which the advantages follow', async () => {
    for (const character of CHARACTERS) {
      const { moves } = await (await one(String(character.id))).json();
      expect(moves.map(({ name }: { name: string }) => name)).toEqual(
        character.moves.map(({ id }) => leafOf(en.moves.names, id)),
      );
      const light = character.moves[0];
      expect(moves[0]).toMatchObject({
        slot: 'LIGHT',
        name: leafOf(en.moves.names, light.id),
        total: light.startup + light.active + light.recovery,
        advantageOnBlock: light.blockstun - (light.active - 1 + light.recovery),
      });
      const thrown = moves.at(-1);
      expect(thrown).toMatchObject({
        slot: 'THROW',
        guard: 'throw',
        advantageOnHit: null,
        advantageOnBlock: null,
      });
    }
  });

  it.each([
    ['99', 404, 'NOT_FOUND'],
    ['0', 404, 'NOT_FOUND'],
    ['garam', 400, 'BAD_REQUEST'],
    ['-1', 400, 'BAD_REQUEST'],
    ['1e3', 400, 'BAD_REQUEST'],
  ])('answers %s with the error envelope', async (id, status, code) => {
    const response = await one(id);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      status: 'error',
      code,
      message: expect.stringMatching(/character/),
      detail: { field: 'id' },
    });
  });
});

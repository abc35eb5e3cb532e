import { describe, expect, it } from 'vitest';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { GET as getOne } from './[id]/route';
import { GET as getAll } from './route';

const one = (id: string) =>
  getOne(new Request('http://arcade/api/characters/x'), { params: Promise.resolve({ id }) });

describe('GET /api/characters', () => {
  it('lists everyone who can fight', async () => {
    const { characters } = await getAll().json();
    expect(characters.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual(
      CHARACTERS.map(({ id, name }) => [id, name]),
    );
  });
});

describe('GET /api/characters/:id', () => {
  it('tells the frame data, from which the advantages follow', async () => {
    for (const character of CHARACTERS) {
      const { moves } = await (await one(String(character.id))).json();
      expect(moves).toHaveLength(character.moves.length);
      const light = character.moves[0];
      expect(moves[0]).toMatchObject({
        slot: 'LIGHT',
        name: light.name,
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

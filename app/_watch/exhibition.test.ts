import { describe, expect, it } from 'vitest';
import { homeExhibition, newExhibitionId } from './exhibition';

describe('the exhibition on the home page', () => {
  it('is the same for everybody who comes within ten minutes', () => {
    const start = 600_000 * 9;
    expect(homeExhibition(start, 0, 2)).toEqual(homeExhibition(start + 599_999, 0, 2));
    expect(homeExhibition(start, 0, 2).matchId).not.toBe(homeExhibition(start + 600_000, 0, 2).matchId);
  });

  it('only asks for characters that exist', () => {
    for (let count = 1; count <= 5; count++) {
      for (let round = 0; round < 30; round++) {
        for (const character of homeExhibition(600_000 * round, round, count).characters) {
          expect(character).toBeGreaterThanOrEqual(1);
          expect(character).toBeLessThanOrEqual(count);
        }
      }
    }
  });

  it('shows every pairing of different fighters in turn', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 6; round++) seen.add(homeExhibition(0, round, 3).characters.join());
    expect(seen).toEqual(new Set(['1,2', '2,3', '3,1', '1,3', '2,1', '3,2']));
  });

  it('has another id each time somebody starts one', () => {
    expect(newExhibitionId()).not.toBe(newExhibitionId());
  });
});

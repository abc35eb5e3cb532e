import { describe, expect, it } from 'vitest';
import { bundledLadders } from './bundled';
import { readLadders } from './ladders';
import short from './testing/short.json';

describe('ladders', () => {
  it('are found by character, title and id', () => {
    const ladders = readLadders([short]);
    const [one] = ladders.all;
    expect(one?.ladder.first).toBe('yard');
    expect(ladders.byCharacter(1)).toBe(one);
    expect(ladders.byTitle('The Short Ladder')).toBe(one);
    expect(ladders.byId('short')).toBe(one);
    expect(ladders.byId('The Short Ladder')).toBeUndefined();
  });

  it('that are none are refused, and named', () => {
    expect(() => readLadders([short, { title: 7 }])).toThrow('Ladder 2 is no scenario: title');
    expect(() => readLadders([{ title: 'Plain' }])).toThrow('"Plain" has no metadata.ladder');
    expect(() => readLadders([short, short])).toThrow('Two ladders have the id "short"');
  });

  it('of the arcade are all valid', () => {
    expect(bundledLadders().all.map(({ character }) => character)).not.toContain(0);
  });
});

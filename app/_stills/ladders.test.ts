import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ITEM_LOOKS } from '../_stage/worn/looks';
import { isPersonLook, isStillId, PERSON_LOOKS, STILL_IDS } from './ids';
import { LOOK_WORDS, PERSON_WORDS, STILL_WORDS } from './words';

const FOLDER = 'server/ladders';
const LADDERS = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

/** Every text under this key, anywhere in a tree. */
function textsOf(tree: unknown, key: string): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) =>
    name === key && typeof value === 'string' ? [value] : textsOf(value, key),
  );
}

describe('what the ladders name', () => {
  it('is drawn: every still, and every look of a person or an item', () => {
    for (const name of LADDERS) {
      const ladder: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
      for (const still of textsOf(ladder, 'still')) expect(isStillId(still), `${name}: ${still}`).toBe(true);
      const looks: readonly string[] = [...PERSON_LOOKS, ...ITEM_LOOKS];
      for (const look of textsOf(ladder, 'look')) expect(looks, name).toContain(look);
    }
  });

  it('is told apart from what nobody draws', () => {
    expect(isStillId('harbour')).toBe(true);
    expect(isStillId('harbor')).toBe(false);
    expect(isPersonLook('ssangdun-left')).toBe(true);
    expect(isPersonLook('sash')).toBe(false);
  });
});

/** Everybody whom a ladder knows, by look. */
function peopleOf(name: string): { look: string; words: unknown }[] {
  const { npcs, enemies } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  return [...npcs, ...enemies].map(({ metadata }) => ({ look: metadata.look, words: metadata.name }));
}

describe('the words for who can’t see the pictures', () => {
  it('call everybody what the ladders call them', () => {
    for (const { look, words } of LADDERS.flatMap(peopleOf))
      if (isPersonLook(look)) expect(PERSON_WORDS[look], look).toEqual(words);
  });

  it('are there in both languages, and no two stills have the same', () => {
    for (const language of ['en', 'ko'] as const) {
      const words = [STILL_WORDS, PERSON_WORDS, LOOK_WORDS].flatMap((table) =>
        Object.values(table).map((entry) => entry[language].trim()),
      );
      expect(words).not.toContain('');
      expect(new Set(STILL_IDS.map((id) => STILL_WORDS[id][language])).size).toBe(STILL_IDS.length);
    }
  });
});

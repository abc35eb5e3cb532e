import { describe, expect, it } from 'vitest';
import en from './en.json';
import ko from './ko.json';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [deeper, text] of leaves(value, `${path}${key}.`)) found.set(deeper, text);
  }
  return found;
}

/** Names of the arguments and tags of an ICU message. */
function slots(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(names)].sort();
}

const english = leaves(en);
const korean = leaves(ko);

describe('the translations', () => {
  it('say the same things in both languages', () => {
    expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave nothing empty', () => {
    for (const [key, text] of [...english, ...korean]) expect(text.trim(), key).not.toBe('');
  });

  it.each([...english.keys()])('%s takes the same arguments in both', (key) => {
    expect(slots(korean.get(key) ?? '')).toEqual(slots(english.get(key) ?? ''));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEEDED, type PadMapping, type PadSign, parseMapping } from './pad-mapping';
import { createPadMemory } from './pad-memory';

const button = (index: number): PadSign => ({ kind: 'button', index });
const MAPPING: PadMapping = {
  up: button(0),
  down: { kind: 'axis', index: 1, rest: 0, to: 1 },
  left: { kind: 'hat', index: 9, bit: 4 },
  right: { kind: 'hat', index: 9, bit: 8 },
  light: button(3),
};

function fakeStorage(initial?: string) {
  const values = new Map(initial === undefined ? [] : [['pads', initial]]);
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

describe('INPUT-6: what pads were taught', () => {
  it('is known again in the next page, until it is forgotten', () => {
    const storage = fakeStorage();
    createPadMemory(() => storage).set('Stick', MAPPING);
    expect(createPadMemory(() => storage).get('Stick')).toEqual(MAPPING);
    createPadMemory(() => storage).forget('Stick');
    expect(createPadMemory(() => storage).get('Stick')).toBeUndefined();
  });

  it('is kept of sixteen pads; the one taught longest ago goes first', () => {
    const storage = fakeStorage();
    const memory = createPadMemory(() => storage);
    for (let pad = 0; pad < 16; pad += 1) memory.set(`Pad ${pad}`, MAPPING);
    memory.set('Pad 0', MAPPING);
    memory.set('Pad 16', MAPPING);
    const again = createPadMemory(() => storage);
    expect(again.get('Pad 1')).toBeUndefined();
    expect(again.get('Pad 0')).toEqual(MAPPING);
    expect(again.get('Pad 16')).toEqual(MAPPING);
  });

  it('a storage that is forbidden or full is none, and what is taught holds in this page', () => {
    const memory = createPadMemory(() => {
      throw new Error('forbidden');
    });
    memory.set('Stick', MAPPING);
    expect(memory.get('Stick')).toEqual(MAPPING);
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{"Stick":{}}'],
    ['no entries', '[1,null,"a",[]]'],
    ['a mapping without a way to walk', `[["Stick",${JSON.stringify({ up: button(0) })}]]`],
    [
      'an axis that goes nowhere',
      JSON.stringify([['Stick', { ...MAPPING, up: { kind: 'axis', index: 0, rest: 1, to: 1 } }]]),
    ],
    ['a button far off', JSON.stringify([['Stick', { ...MAPPING, light: button(1e9) }]])],
  ])('what lies in the storage and is %s counts as nothing', (_name, text) => {
    expect(createPadMemory(() => fakeStorage(text)).get('Stick')).toBeUndefined();
  });

  it('no stored data whatever breaks it, and what it takes is whole', () => {
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, value) => {
        createPadMemory(() => fakeStorage(text)).get('Stick');
        const mapping = parseMapping(value);
        if (mapping) for (const control of NEEDED) expect(mapping[control]).toBeDefined();
      }),
      { seed: 20261126, numRuns: 500 },
    );
  });
});

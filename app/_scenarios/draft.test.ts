import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeId, jsonAt, listAt, partsOf, withAt, withMoved } from './draft';

const draft = { title: 'T', acts: [{ id: 'a-1', sequences: ['x', 'y'] }, { id: 'a-2' }] };

describe('a place in a draft', () => {
  it('is named as the checks name it', () => {
    expect(partsOf('sequences[2].metadata.step.choices[0].label.en')).toEqual([
      ...['sequences', 2, 'metadata', 'step', 'choices', 0, 'label', 'en'],
    ]);
    expect(jsonAt(draft, 'acts[0].sequences[1]')).toBe('y');
    expect(jsonAt(draft, 'acts[7].sequences[1]')).toBeUndefined();
    expect(jsonAt(draft, 'title.en')).toBeUndefined();
    expect(jsonAt(draft, '')).toBe(draft);
  });

  it('holds what was put there, whatever was in the way, and nothing else has changed', () => {
    const path = fc.constantFrom(
      'title',
      'acts[0].id',
      'acts[1].sequences[0]',
      'new.deep[0].thing',
      'title.en',
    );
    fc.assert(
      fc.property(path, fc.jsonValue(), (at, value) => {
        const json = JSON.parse(JSON.stringify(value));
        const next = withAt(draft, at, json);
        expect(jsonAt(next, at)).toEqual(json);
        if (!at.startsWith('acts[0]')) expect(jsonAt(next, 'acts[0]')).toEqual(draft.acts[0]);
      }),
    );
  });

  it('is empty after what stood there was taken away; lists close up', () => {
    expect(withAt(draft, 'acts[0]', undefined)).toEqual({ title: 'T', acts: [{ id: 'a-2' }] });
    expect(withAt(draft, 'title', undefined)).toEqual({ acts: draft.acts });
  });

  it('keeps its place among the fields', () => {
    expect(Object.keys(Object(withAt(draft, 'title', 'U')))).toEqual(['title', 'acts']);
  });
});

it('things of a list change places, and stay at the ends', () => {
  const ids = (json: ReturnType<typeof withMoved>) => listAt(json, 'acts').map((act) => jsonAt(act, 'id'));
  expect(ids(withMoved(draft, 'acts', 0, 1))).toEqual(['a-2', 'a-1']);
  expect(ids(withMoved(draft, 'acts', 0, -1))).toEqual(['a-1', 'a-2']);
});

it('a new thing gets a name that nobody has', () => {
  expect(freeId(draft, 'acts', 'a')).toBe('a-3');
});

import { expect, it } from 'vitest';
import { requireStorable } from './storable-input';

const inBody = () => 'body' as const;

it('what a database can hold is taken, however it is nested up to 64 levels', () => {
  let nested: unknown = 'bottom';
  for (let level = 0; level < 63; level += 1) nested = [nested];
  expect(() => requireStorable({ a: '✓ 𝄞', b: { c: [1, null, true] }, nested }, inBody)).not.toThrow();
  expect(() => requireStorable({ nested: [nested] }, inBody)).toThrow('Nested deeper than 64 levels');
});

it.each([
  ['NUL in a value', { a: 'x\0' }],
  ['half a pair deep inside', { a: [{ b: '\ud83d' }] }],
  ['NUL in a key', { a: { 'b\0': 1 } }],
  ['NUL in a field', { 'a\0': 1 }],
])('%s is 422, and none of it comes back', (_, given) => {
  expect(() => requireStorable(given, inBody)).toThrow(
    expect.objectContaining({
      code: 'UNPROCESSABLE',
      faults: [
        expect.objectContaining({ type: 'value_error', loc: ['body', expect.stringMatching(/^[a?]$/)] }),
      ],
    }),
  );
});

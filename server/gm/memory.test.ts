import { expect, it } from 'vitest';
import { createMemory } from './memory';

it('GM-12: what is remembered is bounded by sessions, lines and turns', () => {
  const memory = createMemory(3);
  for (const id of ['a', 'b', 'c', 'a', 'd']) memory.noteSaid(id, 'line');
  expect(['a', 'b', 'c', 'd'].map((id) => memory.of(id).said.length)).toEqual([1, 0, 1, 1]);
  for (let n = 0; n < 150; n += 1) memory.noteSaid('a', `line-${n}`);
  expect(memory.of('a').said).toHaveLength(100);
  expect(memory.of('a').said.at(-1)).toBe('line-149');
});

it('GM-4: a line that is said again was said last', () => {
  const memory = createMemory();
  for (const line of ['one', 'two', 'one']) memory.noteSaid('s', line);
  expect(memory.of('s').said).toEqual(['two', 'one']);
});

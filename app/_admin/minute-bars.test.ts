import { expect, it } from 'vitest';
import { minuteBars } from './minute-bars';

const FRAME = { width: 600, height: 40 };
const NOW = 100 * 60_000 + 30_000;
const minute = (number: number, calls: number, errors = 0) => ({ at: number * 60_000, calls, errors });

it('draws the present minute at the right, an hour ago at the left, and nothing older', () => {
  const bars = minuteBars([minute(40, 9), minute(41, 10), minute(100, 10)], NOW, FRAME);
  expect(bars.map(({ x }) => x)).toEqual([0, 590]);
});

it('shows one error among very many calls', () => {
  const [bar] = minuteBars([minute(100, 10_000, 1)], NOW, FRAME);
  expect(bar).toMatchObject({ calls: 40, errors: 2 });
});

it('draws nothing for a minute without a call', () => {
  expect(minuteBars([minute(99, 0)], NOW, FRAME)).toEqual([]);
});

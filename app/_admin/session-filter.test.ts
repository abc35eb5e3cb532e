import { describe, expect, it } from 'vitest';
import { filterFrom, queryOf } from './session-filter';

const read = (address: string) => filterFrom(new URLSearchParams(address));

describe('the filter of sessions', () => {
  it('ignores what an address makes up', () => {
    expect(read('status=exploded&from=yesterday&to=2026-13-99&player=%20%20')).toEqual({
      status: undefined,
      player: '',
      from: '',
      to: '',
    });
  });

  it('includes the whole last day', () => {
    const { from, to } = queryOf(read('from=2026-11-20&to=2026-11-20'));
    expect(from?.toISOString()).toBe('2026-11-20T00:00:00.000Z');
    expect(to?.toISOString()).toBe('2026-11-20T23:59:59.999Z');
  });

  it('asks for nothing that is not said', () => {
    expect(queryOf(read(''))).toEqual({ limit: 50 });
    expect(queryOf(read('status=failed&player=mina'))).toEqual({
      limit: 50,
      statuses: ['failed'],
      player: 'mina',
    });
  });
});

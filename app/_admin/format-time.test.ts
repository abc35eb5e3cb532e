import { describe, expect, it } from 'vitest';
import { span, utc } from './format-time';

describe('times in admin tables', () => {
  it('are UTC, whatever the reader’s own zone', () => {
    expect(utc(new Date('2026-11-21T02:03:04.567Z'))).toBe('2026-11-21 02:03:04');
    expect(utc(new Date('2026-11-21T02:03:04.567Z'), true)).toBe('2026-11-21 02:03:04.567');
  });

  it('show a dash for what never happened', () => {
    expect(utc(null)).toBe('–');
  });

  it('say spans in the unit that reads best', () => {
    expect(span(340)).toBe('340 ms');
    expect(span(12_345)).toBe('12.3 s');
    expect(span(245_000)).toBe('4 min 05 s');
  });
});

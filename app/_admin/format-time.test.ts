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
    expect(span(340, 'en')).toBe('340 ms');
    expect(span(12_345, 'en')).toBe('12.3 s');
    expect(span(245_000, 'en')).toBe('4 min 05 s');
    expect(span(12_000_000, 'en')).toBe('3 h 20 min');
    expect(span(187_200_000, 'en')).toBe('2 d 4 h');
  });

  it('say spans in the reader’s language', () => {
    expect(span(245_000, 'ko')).toBe('4분 05초');
    expect(span(12_000_000, 'ko')).toBe('3시간 20분');
  });
});

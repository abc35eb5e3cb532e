import { describe, expect, it } from 'vitest';
import { isLocale, negotiateLocale } from './locales';

describe('the language of a page', () => {
  it('is the first of the browser’s languages that the pages have', () => {
    expect(negotiateLocale('fr-FR,fr;q=0.9,ko-KR;q=0.8,en;q=0.7')).toBe('ko');
  });

  it('is English for everybody else', () => {
    expect(negotiateLocale('fr')).toBe('en');
    expect(negotiateLocale(null)).toBe('en');
    expect(negotiateLocale('*')).toBe('en');
  });

  it('is never something a cookie made up', () => {
    expect(isLocale('../../etc')).toBe(false);
    expect(isLocale(undefined)).toBe(false);
  });
});

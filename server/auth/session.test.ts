import { describe, expect, it } from 'vitest';
import { parseCookies, sessionTokens } from './session';

describe('log-in cookies', () => {
  it('are found among others, under both names, the https one first', () => {
    expect(sessionTokens('a=1; next-auth.session-token=plain; theme=dark')).toEqual(['plain']);
    expect(sessionTokens('next-auth.session-token=plain; __Secure-next-auth.session-token=secure')).toEqual([
      'secure',
      'plain',
    ]);
  });

  it('are put together from their pieces in numeric order', () => {
    const pieces = Array.from({ length: 12 }, (_, i) => `next-auth.session-token.${i}=<${i}>`);
    const shuffled = [...pieces].reverse().join('; ');
    expect(sessionTokens(shuffled)).toEqual([Array.from({ length: 12 }, (_, i) => `<${i}>`).join('')]);
  });

  it('of absurd length are ignored', () => {
    expect(sessionTokens(`next-auth.session-token=${'x'.repeat(20_000)}`)).toEqual([]);
  });

  it('survive broken neighbours', () => {
    expect([...parseCookies('novalue; =x; p=%E0%A4%A; q="1"; r=a%20b')]).toEqual([
      ['p', '%E0%A4%A'],
      ['q', '1'],
      ['r', 'a b'],
    ]);
  });
});

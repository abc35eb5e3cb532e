import { describe, expect, it } from 'vitest';
import { sessionTokens } from './session';

const tokens = (header: string) => sessionTokens(header).map(({ token }) => token);

describe('log-in cookies', () => {
  it('are found among others, under both names, the https one first', () => {
    expect(tokens('a=1; next-auth.session-token=plain; theme=dark')).toEqual(['plain']);
    expect(tokens('next-auth.session-token=plain; __Secure-next-auth.session-token=secure')).toEqual([
      'secure',
      'plain',
    ]);
  });

  it('are put together from their pieces in numeric order', () => {
    const pieces = Array.from({ length: 12 }, (_, i) => `next-auth.session-token.${i}=<${i}>`);
    const shuffled = [...pieces].reverse().join('; ');
    expect(tokens(shuffled)).toEqual([Array.from({ length: 12 }, (_, i) => `<${i}>`).join('')]);
  });

  it('of absurd length are ignored', () => {
    expect(tokens(`next-auth.session-token=${'x'.repeat(20_000)}`)).toEqual([]);
  });

  it('survive broken neighbours', () => {
    expect(tokens('novalue; =x; p=%E0%A4%A; q="1"; next-auth.session-token=here; __proto__=y')).toEqual([
      'here',
    ]);
  });
});

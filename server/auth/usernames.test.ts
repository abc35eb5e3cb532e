import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asAppError } from '../errors';
import { parseUsername, usernameKey } from './usernames';

function reasonFor(input: string): unknown {
  try {
    parseUsername(input);
    return undefined;
  } catch (error) {
    return asAppError(error)?.detail?.reason;
  }
}

describe('usernames', () => {
  it.each(['abc', 'Ryu_99', 'a-b', '가나다', '홍길동99', 'ÉLODIE', '東京タワー', 'हिन्दी', 'x'.repeat(20)])(
    'allows %s',
    (name) => {
      expect(reasonFor(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'too_short'],
    ['가나', 'too_short'],
    ['x'.repeat(21), 'too_long'],
    ['two words', 'space'],
    ['ab\u200bcd', 'invisible_character'],
    ['ab\u202ecd', 'invisible_character'],
    ['ab\u0000cd', 'invisible_character'],
    ['ab\u3164cd', 'invisible_character'],
    ['ab\u00adcd', 'invisible_character'],
    ['a.b.c', 'character_not_allowed'],
    ['<b>x', 'character_not_allowed'],
    ['fire🔥', 'character_not_allowed'],
    ['a\u0301\u0301\u0301\u0301b', 'character_not_allowed'],
    ['___', 'no_letter_or_digit'],
    ['p\u0430ypal', 'mixed_alphabets'],
    ['Admin', 'reserved'],
    ['ＡＤＭＩＮ', 'reserved'],
    ['Guest-ABCDE', 'reserved'],
  ])('refuses %j as %s', (name, reason) => {
    expect(reasonFor(name)).toBe(reason);
  });

  it('lets a reserved name pass when the operator listed it', () => {
    expect(parseUsername('Admin', true)).toEqual({ username: 'Admin', key: 'admin', skeleton: 'adrnin' });
  });

  it('treats case and compatibility forms as one name', () => {
    expect(usernameKey('Ｒｙｕ')).toBe('ryu');
    expect(usernameKey('RYU')).toBe('ryu');
    expect(usernameKey('ﾀﾜｰ')).toBe(usernameKey('タワー'));
  });

  it('never stores a name whose key is not stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 24 }), (input) => {
        if (reasonFor(input) !== undefined) return;
        const { username, key } = parseUsername(input);
        expect(usernameKey(username)).toBe(key);
        expect(usernameKey(key)).toBe(key);
      }),
    );
  });
});

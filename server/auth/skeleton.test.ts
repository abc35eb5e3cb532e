import { describe, expect, it } from 'vitest';
import { isOfOneScript, skeletonOf } from './skeleton';
import { parseUsername } from './usernames';

describe('what a name looks like', () => {
  it.each([
    ['scope', '\u0455\u0441\u043e\u0440\u0435'], // Cyrillic
    ['GAWI', '\u13c0\u13aa\u13b3I'], // Cherokee, with a Latin letter
    ['ADA', '\ua4ee\ua4d3\ua4ee'], // Lisu
    ['garam', '\u0261\u0251r\u0251m'], // IPA
    ['Ian', 'lan'],
    ['player10', 'playerlO'],
    ['modem', 'modern'],
  ])('AUTH-3: %s is what %s looks like', (name, lookAlike) => {
    expect(skeletonOf(lookAlike)).toBe(skeletonOf(name));
  });

  it('AUTH-3: differs for names that differ', () => {
    const names = ['ryu', 'ken', 'ian', 'lan', '가람', '바위', 'Zoë', 'zoe', 'ryu_', 'ryu2'];
    expect(new Set(names.map(skeletonOf)).size).toBe(names.length);
  });

  it.each([
    'ryu',
    '가람ryu',
    '東京ken',
    'かなカナ漢字abc',
    'Привет',
    '\u0915\u094d\u0937\u0924\u094d\u0930',
    'ꓮꓓꓮ',
    'ryu_1',
  ])('AUTH-3: %s is of one script', (name) => expect(isOfOneScript(name)).toBe(true));

  it.each(['r\u0443u', '\u13aa\ua4ee', 'γaram', '가람\u0430', '\u0915a', 'カ\u1100\uac00'])(
    'AUTH-3: %s mixes scripts',
    (name) => expect(isOfOneScript(name)).toBe(false),
  );

  it.each(['\u0430dm\u0456n', '\u13aa\u13a0\u13b7\u13c6N', 'rnoderator', 'G\u1d1cest-a', '\u0261uest-1'])(
    'AUTH-3: nobody poses as the house with %s',
    (name) => expect(() => parseUsername(name)).toThrow(),
  );
});

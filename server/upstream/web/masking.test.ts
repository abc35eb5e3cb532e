import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LOGGED, maskedBody, maskedHeaders, maskedPath } from './masking';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwMSJ9.c2lnbmF0dXJl';

describe('PROXY-9: secrets in the log', () => {
  it('are masked in headers', () => {
    expect(
      maskedHeaders({
        authorization: 'Bearer x',
        cookie: 'a=b',
        'set-cookie': ['a=b'],
        'x-internal-key': 'k',
        'arcade-internal-token': 't',
        accept: 'application/json',
      }),
    ).toEqual({
      authorization: '[secret]',
      cookie: '[secret]',
      'set-cookie': '[secret]',
      'x-internal-key': '[secret]',
      'arcade-internal-token': '[secret]',
      accept: 'application/json',
    });
  });

  it.each([
    ['/x?token=abc&a=1', '/x?token=[secret]&a=1'],
    ['/x?access%5Ftoken=abc', '/x?access%5Ftoken=[secret]'],
    ['/x?api_key=abc&monkey=1', '/x?api_key=[secret]&monkey=1'],
    [`/x/${JWT}/y`, '/x/[secret]/y'],
    ['/x?%E0%A4=1', '/x?%E0%A4=1'],
    ['/api/v1/game/history/s', '/api/v1/game/history/s'],
  ])('are masked in the path %s', (path, shown) => {
    expect(maskedPath(path)).toBe(shown);
  });

  it.each([
    ['{"token":"abc","a":{"password":"b","key":{"c":1}},"said":"hi"}'],
    [`{"said":"my token is ${JWT}"}`],
    ['{"said":"Authorization: Bearer abc.def"}'],
    ['{"token":"abc","said":"cut o'],
    ['token=abc&password=b; said'],
  ])('are masked in the body %s', (body) => {
    const shown = maskedBody(body) ?? '';
    expect(shown).toContain('[secret]');
    expect(shown).toContain('said');
    for (const secret of ['abc', '"b"', '"c"', JWT]) expect(shown).not.toContain(secret);
  });

  it('are nowhere in JSON, however deep their fields are', () => {
    const secret = 'S3CR3T-VALUE';
    const name = fc.constantFrom(
      'token',
      'refresh_token',
      'clientSecret',
      'PASSWORD',
      'apiKey',
      'privateKey',
      'key',
      'Cookie',
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant('plain'),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('value')),
        name.map((one) => ({ [one]: secret })),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        expect(maskedBody(JSON.stringify(value)) ?? '').not.toContain(secret);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('leaves two kibibytes, without addresses; of nothing, nothing', () => {
    expect((maskedBody(JSON.stringify({ said: 'x'.repeat(1 << 20) })) ?? '').length).toBeLessThanOrEqual(
      MOST_LOGGED + 1,
    );
    expect(maskedBody('{"at":"http://db.internal:5432/x"}')).not.toContain('db.internal');
    expect([maskedBody(''), maskedBody(null)]).toEqual([undefined, undefined]);
  });
});

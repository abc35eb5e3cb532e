import { createHash, createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { Metadata, status } from '@grpc/grpc-js';
import { EncryptJWT, SignJWT } from 'jose';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, SECRET } from '../gateway/testing/gateway';
import { ReservationServiceService } from '../grpc/gen/proto/reservation/v1/reservation';
import { logger } from '../logger';
import { type Doors, type Person, startDoors } from '../process/testing/doors';
import { banPlayer } from './bans';
import { eraseAccount } from './deletion';
import { endLogin } from './logins';
import { deriveKey } from './secrets';

/**
 * Every way to show a log-in that is none, at every door that takes one. What each door answers is the contract's; what was shown
 * stands in no line of the log.
 */

// Everything is logged in this file, so that what is not is seen. Read before anything is imported.
vi.hoisted(() => {
  process.env.LOG_LEVEL = 'trace';
});

let doors: Doors;
let db: Doors['gate']['database']['db'];
let logged = '';

beforeAll(async () => {
  // What a process writes to stderr is its log.
  const write = fs.writeSync;
  vi.spyOn(fs, 'writeSync').mockImplementation((...args: unknown[]) => {
    if (args[0] !== 2) return Reflect.apply(write, fs, args);
    logged += String(args[1]);
    return Buffer.byteLength(String(args[1]));
  });
  doors = await startDoors(logger.child({ room: 'signaling' }));
  ({ db } = doors.gate.database);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await doors.close();
});

/** What a door takes: its tokens' audience and key, and how it answers. */
interface Door {
  readonly name: string;
  readonly audience: 'signal' | 'api';
  /** The person's own good token. */
  readonly good: (person: Person) => string;
  /** What becomes of a token: `in`, or the refusal in this door's words. */
  readonly show: (token: string) => Promise<unknown>;
  readonly refused: unknown;
}

const askGrpc = async (token: string) => {
  const metadata = new Metadata();
  try {
    metadata.set('authorization', `Bearer ${token}`);
  } catch {
    // gRPC's own rules let no such bytes out.
    return { code: status.UNAUTHENTICATED };
  }
  const mine = { user_id: '', status: 0, event_id: '', pagination: undefined };
  return ask(doors.gate.reservations, ReservationServiceService.listReservations, mine, metadata).then(
    () => 'in',
    ({ code }: { code: number }) => ({ code }),
  );
};

const askHttp = async (token: string) => {
  const { status: code, body } = await doors.gate.http('GET', '/api/v1/reservations', { token });
  return code === 200 ? 'in' : { status: code, code: body.code };
};

const DOORS: readonly Door[] = [
  {
    name: 'the socket',
    audience: 'signal',
    good: ({ signalToken }) => signalToken,
    show: async (token) => {
      const { code, player } = await doors.socket({ token });
      player.close();
      return code === 0 ? 'in' : { code };
    },
    refused: { code: 401 },
  },
  {
    name: 'the gateway over HTTP',
    audience: 'api',
    good: ({ apiToken }) => apiToken,
    show: askHttp,
    refused: { status: 401, code: 'INVALID_TOKEN' },
  },
  {
    name: 'the gateway over gRPC',
    audience: 'api',
    good: ({ apiToken }) => apiToken,
    show: askGrpc,
    refused: { code: status.UNAUTHENTICATED },
  },
];

const now = () => Math.floor(Date.now() / 1000);
const keyOf = ({ audience }: Door, secret = SECRET) => deriveKey(secret, `${audience} token`);
const b64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token as the arcade makes it, with one thing changed. */
function sign(
  door: Door,
  person: Person,
  {
    key = keyOf(door),
    alg = 'HS256',
    header = {},
    ...claims
  }: Record<string, unknown> & { key?: Parameters<SignJWT['sign']>[0]; alg?: string; header?: object } = {},
): Promise<string> {
  const payload = {
    ...{ iss: 'arcade-clash', aud: door.audience, sub: person.id, iat: now(), exp: now() + 60 },
    ...{ epoch: 0, login: person.loginId, ...claims },
  };
  return new SignJWT(payload).setProtectedHeader({ alg, ...header }).sign(key);
}

type Attack = (door: Door, person: Person) => string | Promise<string>;

const parts = (token: string) => token.split('.') as [string, string, string];
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const ATTACKS: Readonly<Record<string, Attack>> = {
  'a forged signature': async (door, person) => {
    const [head, body] = parts(door.good(person));
    return `${head}.${body}.${b64(createHash('sha256').update(body).digest('hex')).slice(0, 43)}`;
  },
  'no signature': (door, person) => `${parts(door.good(person)).slice(0, 2).join('.')}.`,
  'another secret': (door, person) =>
    sign(door, person, { key: keyOf(door, 'another secret of at least thirty-two characters') }),
  'the secret itself as the key': (door, person) =>
    sign(door, person, { key: createSecretKey(Buffer.from(SECRET)) }),
  'an empty key': (door, person) => sign(door, person, { key: deriveKey('', `${door.audience} token`) }),
  'alg none': (door, person) => `${b64({ alg: 'none', typ: 'JWT' })}.${parts(door.good(person))[1]}.`,
  'alg None, signed': (door, person) => {
    const [, body, signature] = parts(door.good(person));
    return `${b64({ alg: 'None' })}.${body}.${signature}`;
  },
  'another length of HMAC': (door, person) =>
    sign(door, person, { alg: 'HS512', key: Buffer.concat([keyOf(door), keyOf(door)]) }),
  'an RSA signature': (door, person) => sign(door, person, { alg: 'RS256', key: rsa.privateKey }),
  'an RSA key as the secret': (door, person) =>
    sign(door, person, {
      key: Buffer.from(rsa.publicKey.export({ type: 'spki', format: 'pem' })),
    }),
  'a key of its own in the header': (door, person) =>
    sign(door, person, {
      ...{ alg: 'RS256', key: rsa.privateKey },
      header: { jwk: rsa.publicKey.export({ format: 'jwk' }), jku: 'https://evil.example/keys' },
    }),
  'a critical extension that nobody knows': async (door, person) => {
    const [, body, signature] = parts(door.good(person));
    return `${b64({ alg: 'HS256', crit: ['exp'], exp: 1 })}.${body}.${signature}`;
  },
  'a time that is over': (door, person) => sign(door, person, { exp: now() - 1 }),
  'no end of time': (door, person) => sign(door, person, { exp: undefined }),
  'a time that has not come': (door, person) => sign(door, person, { nbf: now() + 3_600 }),
  'another audience': (door, person) =>
    sign(door, person, { aud: door.audience === 'api' ? 'signal' : 'api' }),
  'no audience': (door, person) => sign(door, person, { aud: undefined }),
  'another issuer': (door, person) => sign(door, person, { iss: 'https://evil.example' }),
  'the token of another door': (door, person) =>
    door.audience === 'api' ? person.signalToken : person.apiToken,
  'the log-in cookie as a token': (_door, person) => person.cookie.split('=')[1] ?? '',
  'an epoch that is over': (door, person) => sign(door, person, { epoch: -1 }),
  'a word for an epoch': (door, person) => sign(door, person, { epoch: '0' }),
  'a player who never was': (door, person) => sign(door, person, { sub: randomUUID() }),
  'a prototype for a player': (door, person) => sign(door, person, { sub: '__proto__' }),
  'a constructor for a player': (door, person) => sign(door, person, { sub: 'constructor' }),
  'prototype keys in the claims': (door, person) => {
    const claims = `{"__proto__":{"sub":"${person.id}","epoch":0},"constructor":{"prototype":{"sub":"x"}}}`;
    const [head] = parts(door.good(person));
    return `${head}.${b64(claims)}.${b64('x'.repeat(32))}`;
  },
  'prototype keys in claims that are signed': (door, person) =>
    sign(door, person, { sub: undefined, ...JSON.parse(`{"__proto__":{"sub":"${person.id}"}}`) }),
  'a NUL in the player': (door, person) => sign(door, person, { sub: `${person.id}\0` }),
  'a huge token': (door, person) => `${door.good(person)}${'A'.repeat(8_000)}`,
  'huge claims': (door, person) => sign(door, person, { more: 'x'.repeat(5_000), sub: 'nobody' }),
  binary: () => Buffer.from(Array.from({ length: 128 }, (_, byte) => 128 + byte)).toString('latin1'),
  'binary in base64': () =>
    [0, 1, 2].map((salt) => Buffer.alloc(64, 255 - salt).toString('base64url')).join('.'),
  dots: () => '..',
  'a token that was logged out': async (door, person) => {
    expect(await door.show(door.good(person))).toBe('in');
    await endLogin(db, { playerId: person.id, epoch: 0, loginId: person.loginId });
    return door.good(person);
  },
  'the token of somebody banned': async (door, person) => {
    expect(await door.show(door.good(person))).toBe('in');
    await banPlayer(db, person.id, 'cheating');
    return door.good(person);
  },
  'the token of an account that is deleted': async (door, person) => {
    expect(await door.show(door.good(person))).toBe('in');
    await eraseAccount(db, person.id);
    return door.good(person);
  },
};

/** Nothing of the token stands in the log: neither the whole of it nor any part that is worth something. */
function expectUnlogged(token: string): void {
  for (const part of token.split('.')) if (part.length > 16) expect(logged).not.toContain(part.slice(0, 64));
}

describe.each(DOORS)('AUTH-19: $name', (door) => {
  it('lets in who shows a good token, with our own signature, too', async () => {
    const person = await doors.person();
    expect(await door.show(door.good(person))).toBe('in');
    expect(await door.show(await sign(door, person))).toBe('in');
  });

  it.each(Object.entries(ATTACKS))('refuses %s', async (_name, attack) => {
    const token = await attack(door, await doors.person());
    expect(await door.show(token)).toEqual(door.refused);
    expectUnlogged(token);
  });
});

/** Over tRPC the log-in is next-auth's cookie: encrypted, not signed. */
describe('AUTH-19: tRPC', () => {
  const shown = async (token: string): Promise<unknown> => {
    try {
      await doors.api(`next-auth.session-token=${token}`).account.apiToken.mutate();
      return 'in';
    } catch (error) {
      return error instanceof Error && 'data' in error ? error.data : error;
    }
  };
  const claims = (person: Person) => ({ sub: person.id, epoch: 0, login: person.loginId });
  const cookieOf = ({ cookie }: Person) => cookie.slice('next-auth.session-token='.length);

  const COOKIES: Readonly<Record<string, (person: Person) => string | Promise<string>>> = {
    'one that another secret encrypted': (person) =>
      encode({ token: claims(person), secret: 'another secret of at least thirty-two characters' }),
    'one whose seal is broken': (person) => {
      const pieces = cookieOf(person).split('.');
      return [...pieces.slice(0, 4), b64(Buffer.alloc(16, 7).toString('latin1')).slice(0, 22)].join('.');
    },
    'one that is signed and not encrypted': (person) =>
      new SignJWT({ ...claims(person), jti: 'x', iat: now(), exp: now() + 60 })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.from(SECRET)),
    'alg none': (person) =>
      `${b64({ alg: 'none' })}.${b64({ ...claims(person), jti: 'x', iat: now(), exp: now() + 60 })}.`,
    'one that is encrypted with the key of a token': (person) =>
      new EncryptJWT({ ...claims(person), jti: 'x', iat: now(), exp: now() + 60 })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(deriveKey(SECRET, 'api token')),
    'one that is over': (person) => encode({ token: claims(person), secret: SECRET, maxAge: -3_600 }),
    'the token of the gateway': ({ apiToken }) => apiToken,
    'one of an epoch that is over': (person) =>
      encode({ token: { ...claims(person), epoch: -1 }, secret: SECRET }),
    'a prototype for a player': (person) =>
      encode({ token: { ...claims(person), sub: '__proto__' }, secret: SECRET }),
    'one that is too long': (person) => cookieOf(person) + 'A'.repeat(9_000),
    dots: () => '....',
    'binary in base64': () =>
      [0, 1, 2, 3, 4].map((salt) => Buffer.alloc(32, 255 - salt).toString('base64url')).join('.'),
    'one that was logged out': async (person) => {
      expect(await shown(cookieOf(person))).toBe('in');
      await endLogin(db, { playerId: person.id, epoch: 0, loginId: person.loginId });
      return cookieOf(person);
    },
    'one of somebody banned': async (person) => {
      expect(await shown(cookieOf(person))).toBe('in');
      await banPlayer(db, person.id, 'cheating');
      return cookieOf(person);
    },
    'one of an account that is deleted': async (person) => {
      expect(await shown(cookieOf(person))).toBe('in');
      await eraseAccount(db, person.id);
      return cookieOf(person);
    },
  };

  it('lets in who shows a good cookie', async () => {
    expect(await shown(cookieOf(await doors.person()))).toBe('in');
  });

  it.each(Object.entries(COOKIES))('refuses %s, at the socket, too', async (_name, attack) => {
    const token = await attack(await doors.person());
    expect(await shown(token)).toMatchObject({ code: 'UNAUTHORIZED', httpStatus: 401 });
    expect((await doors.socket({}, `next-auth.session-token=${token}`)).code).toBe(401);
    expectUnlogged(token);
  });
});

it('AUTH-19: what the socket’s handshake may show besides text is refused', async () => {
  const person = await doors.person();
  const odd: readonly unknown[] = [
    ...[0, 1, true, false, '', [], {}, [person.signalToken], { token: person.signalToken }],
    ...[{ toString: 'x' }, JSON.parse(`{"__proto__":{"token":"${person.signalToken}"}}`)],
    Buffer.from(person.signalToken),
  ];
  for (const token of odd) expect((await doors.socket({ token })).code).toBe(401);
  const inherited = JSON.parse(`{"__proto__":{"token":"${person.signalToken}"}}`);
  expect((await doors.socket(inherited)).code).toBe(401);
  expect(({} as { token?: unknown }).token).toBeUndefined();
  expectUnlogged(person.signalToken);
});

it('AUTH-19: the log is read here at all', () => {
  logger.info({ sign: 'a line of this test' }, 'hello');
  expect(logged).toContain('a line of this test');
});

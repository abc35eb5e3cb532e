import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { Client, credentials, Metadata, type MethodDefinition, status } from '@grpc/grpc-js';
import { service as healthService } from 'grpc-health-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../engine/rollback/testing/random';
import { REFLECTION_PATHS } from '../grpc/reflection';
import { newKey, SECRET, startTestGateway, type TestGateway } from './testing/gateway';

const INTERNAL_KEY = 'the key of the test services';

/** Everything that is logged, at every level and with nothing struck out. */
const { lines } = await vi.hoisted(async () => {
  const { pino } = await import('pino');
  const kept: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void kept.push(line) });
  Reflect.set(globalThis, Symbol.for('arcade-clash.logger'), logger);
  return { lines: kept };
});

const SEED = Number(process.env.FUZZ_SEED ?? 20261127);
const random = seededRandom(SEED);
const below = (most: number): number => random() % most;
const pick = <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0];
const chance = (percent: number): boolean => below(100) < percent;

let gate: TestGateway;
let token = '';
let client: Client;
const known: string[] = [];
beforeAll(async () => {
  gate = await startTestGateway(
    { QUEUE_GUESTS: 'on', PAYMENT_SCENARIOS: 'on', RATE_LIMIT_RPS: '100000', RATE_LIMIT_BURST: '100000' },
    { seats: 50 },
  );
  const player = await gate.player();
  ({ token } = player);
  known.push(gate.eventId, player.id, newKey());
  const joined = await gate.http('POST', '/api/v1/queue/join', {
    token,
    key: newKey(),
    body: { event_id: gate.eventId },
  });
  known.push(joined.body.waiting_token);
  client = new Client(`127.0.0.1:${gate.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await gate.close();
});

const bytes = (most: number): Buffer => Buffer.from(Array.from({ length: below(most) }, () => below(256)));

const TEXTS: readonly [() => string, ...(() => string)[]] = [
  () => '',
  () => known[below(known.length)] ?? '',
  () =>
    pick(['null', '0', '-1', 'NaN', '1e999', '{}', '%00', '../..', "' OR 1=1 --", '\u0000', '\ud800', '💥']),
  () => String.fromCharCode(...Array.from({ length: below(40) }, () => below(0xffff))),
  () => 'x'.repeat(below(5_000)),
];
const text = (): string => pick(TEXTS)();

function value(depth = 0): unknown {
  switch (below(depth > 2 ? 6 : 8)) {
    case 0:
      return null;
    case 1:
      return chance(50);
    case 2:
      return pick([0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e300]);
    case 6:
      return Array.from({ length: below(4) }, () => value(depth + 1));
    case 7:
      return Object.fromEntries(Array.from({ length: below(4) }, () => [text(), value(depth + 1)]));
    default:
      return text();
  }
}

/** A message of its own shape with something in its fields. */
function filled(empty: unknown): unknown {
  if (typeof empty === 'string') return text();
  if (typeof empty === 'bigint') return pick([0n, 1n, -1n, 2n ** 62n]);
  if (typeof empty === 'number') return pick([0, 1, -1, 7, 99, 2 ** 31 - 1, -(2 ** 31)]);
  if (Array.isArray(empty)) return Array.from({ length: below(5) }, text);
  if (typeof empty !== 'object' || empty === null || empty instanceof Date) return empty;
  return Object.fromEntries(
    Object.entries(empty).map(([name, held]) => [name, chance(70) ? filled(held) : held]),
  );
}

function payload(method: MethodDefinition<unknown, unknown>): Buffer {
  if (chance(25)) return bytes(200);
  let encoded: Buffer = Buffer.alloc(0);
  try {
    encoded = method.requestSerialize(filled(method.requestDeserialize(Buffer.alloc(0))));
  } catch {
    // Not everything can be encoded: then nothing is.
  }
  if (!chance(25)) return encoded;
  const broken = Buffer.from(encoded);
  for (let flips = below(4); flips >= 0 && broken.length > 0; flips -= 1)
    broken[below(broken.length)] = below(256);
  return broken.subarray(0, below(broken.length + 1));
}

const printable = (most: number): string =>
  String.fromCharCode(...Array.from({ length: below(most) }, () => 33 + below(94)));
const NAMES = [
  'authorization',
  'x-internal-key',
  'x-request-id',
  'idempotency-key',
  'x-arcade-player',
  'x-arcade-hop',
  'arcade-internal-token',
  'payment-action',
  'traceparent',
  'cookie',
  'origin',
  'x-forwarded-for',
  'x-forwarded-host',
] as const;

function fields(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of NAMES)
    if (chance(12))
      found[name] = pick([() => printable(60), () => `Bearer ${printable(90)}`, () => 'y'.repeat(4_000)])();
  if (chance(60)) found.authorization = `Bearer ${token}`;
  if (chance(10)) found[`x-${below(1_000)}`] = printable(200);
  return found;
}

function metadata(): Metadata {
  const found = new Metadata();
  for (const [name, held] of Object.entries(fields())) found.set(name, held);
  if (chance(5)) for (let n = below(60); n > 0; n -= 1) found.add('x-many', printable(400));
  if (chance(10)) found.set('x-some-bin', bytes(50));
  return found;
}

/** Questions to reflection: a text in one of its fields, or whatever. */
function question(): Buffer {
  const held = Buffer.from(
    chance(50) ? text() : pick(['game.GameService', 'proto/game.proto', 'gateway.v1', '.']),
  );
  if (held.length > 127 || chance(25)) return bytes(50);
  return Buffer.concat([Buffer.from([(below(8) << 3) | 2, held.length]), held]);
}
const asked = {
  requestStream: true,
  responseStream: true,
  requestSerialize: question,
  responseSerialize: () => Buffer.alloc(0),
  requestDeserialize: () => ({}),
  responseDeserialize: () => ({}),
};

/** Our fault, as a status says it. */
const OURS: ReadonlySet<number> = new Set([status.INTERNAL, status.UNKNOWN, status.DATA_LOSS]);

/** Calls a method with bytes as they are. @returns the status, and the code of an `error` in the answer */
function call(
  method: MethodDefinition<unknown, unknown>,
  messages: readonly Buffer[],
): Promise<[number, unknown]> {
  return new Promise((resolve) => {
    const same = (given: Buffer) => given;
    const options = { deadline: Date.now() + (method.responseStream ? 60 : 20_000) };
    let told: unknown;
    const end = ({ code }: { code: number }) => resolve([code, told]);
    const [first = Buffer.alloc(0)] = messages;
    if (method.requestStream) {
      const stream = client.makeBidiStreamRequest(method.path, same, same, metadata(), options);
      stream
        .on('error', () => {})
        .on('data', () => {})
        .on('status', end);
      for (const message of messages) stream.write(message);
      stream.end();
    } else if (method.responseStream) {
      const stream = client.makeServerStreamRequest(method.path, same, same, first, metadata(), options);
      stream
        .on('error', () => {})
        .on('data', () => {})
        .on('status', end);
    } else {
      const read = (answer: Buffer) => {
        const message: unknown = method.responseDeserialize(answer);
        told = message && typeof message === 'object' && 'error' in message ? message.error : undefined;
      };
      client
        .makeUnaryRequest(method.path, same, read, first, metadata(), options, () => {})
        .on('status', end);
    }
  });
}

function ask(method: string, path: string, headers: OutgoingHttpHeaders, body: string | undefined) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) };
    const req = httpRequest(gate.origin + path, { method, headers: sent }, (res) => {
      let answer = '';
      res.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text: answer }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

function url(path: string): string {
  const filledIn = path.replace(/:\w+/g, () =>
    encodeURIComponent(
      text()
        .replace(/\p{Surrogate}/gu, '')
        .slice(0, 300),
    ),
  );
  if (chance(15)) return `${filledIn}?${printable(80).replaceAll('#', '')}`;
  const query = new URLSearchParams();
  for (const name of ['token', 'user_id', 'event_id', 'status', 'page_size', 'cursor', 'after', 'limit'])
    if (chance(20)) query.append(name, text());
  return chance(50) ? filledIn : `${filledIn}?${query}`;
}

function json(): string | undefined {
  if (chance(10)) return undefined;
  if (chance(15))
    return pick(['{', '[]', 'null', '"a"', '{"a":1e999}', '{"__proto__":{"x":1}}', printable(100)]);
  if (chance(3)) return JSON.stringify({ event_id: 'x'.repeat(300_000) });
  const names = [
    'event_id',
    'user_id',
    'session_id',
    'nonce',
    'waiting_token',
    'token',
    'reason',
    'seat_ids',
    'quantity',
    'amount',
    'currency',
    'reservation_token',
    'reservation_id',
    'payment_intent_id',
    'action',
    'idempotency_key',
    'scenario',
    'webhook_url',
    'extension_seconds',
    'eventId',
    'seatIds',
    'reservationId',
    'username',
    'password',
  ]; // prettier-ignore
  return JSON.stringify(Object.fromEntries(names.flatMap((name) => (chance(35) ? [[name, value()]] : []))));
}

/** Nothing went wrong on our side, and nobody is told by the log who asked, or what opens this arcade. */
function requireQuiet(): void {
  const said = lines.splice(0);
  const faults = said.filter((line) => /"level":(50|60)/.test(line));
  expect(faults, `seed ${SEED}`).toEqual([]);
  const leaks = said.filter((line) =>
    [SECRET, INTERNAL_KEY, token, '127.0.0.1', '::1'].some((one) => line.includes(one)),
  );
  expect(leaks, `seed ${SEED}`).toEqual([]);
}

describe(`GATE-22: whatever is sent (seed ${SEED})`, () => {
  it('over gRPC is never our fault, and every service goes on', async () => {
    const definitions = [healthService, ...gate.surface.services.map(({ definition }) => definition)];
    const methods = [
      ...REFLECTION_PATHS.map((path): MethodDefinition<unknown, unknown> => ({ path, ...asked })),
      ...definitions.flatMap((definition): MethodDefinition<unknown, unknown>[] => Object.values(definition)),
    ];
    const faults: unknown[] = [];
    for (const method of methods) {
      const isUnary = !method.requestStream && !method.responseStream;
      for (let round = 0; round < (isUnary ? 60 : 10); round += 1) {
        const messages = Array.from({ length: method.requestStream ? 3 : 1 }, () => payload(method));
        const [code, error] = await call(method, messages);
        const inBand = error && typeof error === 'object' && 'code' in error ? error.code : 0;
        if (OURS.has(code) || inBand === 16)
          faults.push([method.path, code, error, messages.map((one) => one.toString('base64'))]);
      }
    }
    expect(faults).toEqual([]);
    requireQuiet();
  });

  it('over HTTP is never our fault, and every answer can be read', async () => {
    const paths: [string, string][] = gate.surface.api.routes.map(({ method, path }) => [
      method.toUpperCase(),
      path,
    ]);
    for (const path of ['', '/:id', '/confirm', '/cancel', '/extend'])
      paths.push(['POST', `/v1/reservations${path}`], ['GET', `/v1/reservations${path}`]);
    paths.push(['POST', '/api/v1/no/such/:id']);
    const faults: unknown[] = [];
    for (const [method, path] of paths)
      for (let round = 0; round < 40; round += 1) {
        const asked = chance(10) ? pick(['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS', 'TRACE']) : method;
        const at = url(path);
        const body = asked === 'GET' || asked === 'TRACE' ? undefined : json();
        const headers = { ...fields(), ...(chance(80) ? { 'idempotency-key': newKey() } : {}) };
        const answer = await ask(asked, at, headers, body);
        if (answer.status >= 500 || answer.status < 200) faults.push([asked, at, body, headers, answer]);
      }
    expect(faults).toEqual([]);
    requireQuiet();
  });

  it('over a bare socket ends, and the next one is answered', async () => {
    for (const port of [gate.grpcPort, Number(new URL(gate.origin).port)])
      for (let round = 0; round < 20; round += 1)
        await new Promise<void>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.write(chance(50) ? 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' : 'GET / HTTP/1.1\r\nhost: x\r\n');
            socket.end(bytes(500));
          });
          socket.on('error', () => {}).on('close', () => resolve());
          socket.resume();
        });
    const { status: answered } = await gate.http('GET', '/api/v1/queue/stats');
    expect(answered).toBe(200);
    requireQuiet();
  });
});

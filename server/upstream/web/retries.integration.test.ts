import { afterEach, describe, expect, it } from 'vitest';
import { errorEnvelope } from '../../errors';
import { HeldClock } from '../testing/held-clock';
import type { WebNeighbours } from './neighbours';
import { ALLOWED, failureOf, neighboursAt, QUESTION, until } from './testing/neighbours';
import { type OddServer, says, startOddServer } from './testing/odd-server';
import { startUnacceptingPort } from './testing/unaccepting-port';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Setting {
  readonly clock: HeldClock;
  readonly neighbours: WebNeighbours;
  /** When each try came, in ms since the start. */
  readonly triedAt: number[];
  /** The same for when it was sent. */
  readonly madeAt: number[];
}

async function set(
  behave: Parameters<typeof startOddServer>[0],
  env: Record<string, string> = {},
): Promise<Setting & { readonly server: OddServer }> {
  const clock = new HeldClock();
  const began = clock.now();
  const triedAt: number[] = [];
  const madeAt: number[] = [];
  const server = await startOddServer(behave, { onSeen: () => triedAt.push(clock.now() - began) });
  const address = () => {
    madeAt.push(clock.now() - began);
    return server.url;
  };
  const neighbours = neighboursAt(address, env, { clock });
  undo.push(
    () => server.close(),
    () => neighbours.close(),
  );
  return { clock, neighbours, triedAt, server, madeAt };
}

/**
 * Lets the held clock go on until a call has ended. Before each step sockets get all the real time that they need: until
 * the try that is under way has failed or, of one that hangs, until it has arrived.
 */
async function playOut<T>(
  { clock, neighbours, triedAt, madeAt }: Setting,
  call: Promise<T>,
  hangs: 'hangs' | 'fails' = 'fails',
): Promise<T> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  call.then(end, end);
  const isIdle = () => neighbours.report().every(({ active }) => active === 0);
  const hasArrived = () => hangs === 'hangs' && triedAt.length === madeAt.length;
  const before = madeAt.length;
  await until(() => isOver || madeAt.length > before);
  for (let step = 0; !isOver && step < 1_000; step += 1) {
    await until(() => isOver || isIdle() || hasArrived());
    if (!isOver) await clock.pass(100);
  }
  return call;
}

// With random in the middle: between 1 and 2 s, then between 1 and 4 s.
const [FIRST_PAUSE, SECOND_PAUSE] = [1_500, 2_500];

describe('PROXY-3: retries', () => {
  it('fire when the connection is refused: three tries, 1.5 and 2.5 s apart', async () => {
    const setting = await set(says(ALLOWED));
    const { server, neighbours, madeAt } = setting;
    await server.close();
    const error = await playOut(setting, failureOf(neighbours.ruleEngine.validate(QUESTION)));
    expect(madeAt).toEqual([0, FIRST_PAUSE, FIRST_PAUSE + SECOND_PAUSE]);
    expect(errorEnvelope(error)).toMatchObject({
      status: 503,
      body: {
        status: 'error',
        code: 'RULE_ENGINE_UNAVAILABLE',
        detail: 'connect ECONNREFUSED [address]',
      },
    });
    expect(neighbours.report()[0]).toMatchObject({ retries: 2, objective: { calls: 1, errors: 1 } });
  });

  it('fire when a connection is taken and closed, and end with the first answer', async () => {
    const setting = await set((req, res, nth) =>
      nth < 3 ? req.socket.destroy() : says(ALLOWED)(req, res, nth),
    );
    const { neighbours, triedAt } = setting;
    const answer = await playOut(setting, neighbours.ruleEngine.validate(QUESTION));
    expect(answer).toEqual(ALLOWED);
    expect(triedAt).toEqual([0, FIRST_PAUSE, FIRST_PAUSE + SECOND_PAUSE]);
  });

  it('fire when nothing comes in PROXY_TIMEOUT, which each try has anew', async () => {
    const setting = await set(() => {}, { PROXY_TIMEOUT: '2' });
    const { neighbours, triedAt } = setting;
    const error = await playOut(setting, failureOf(neighbours.ruleEngine.validate(QUESTION)), 'hangs');
    expect(triedAt).toEqual([0, 2_000 + FIRST_PAUSE, 4_000 + FIRST_PAUSE + SECOND_PAUSE]);
    expect(errorEnvelope(error)).toMatchObject({
      status: 504,
      body: { code: 'GATEWAY_TIMEOUT', detail: 'No answer in 2s' },
    });
  });

  it('fire when a body takes longer than that: the limit is for all phases of a try', async () => {
    const setting = await set(
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => res.write(' '), 5);
        res.once('close', () => clearInterval(drip));
      },
      { PROXY_TIMEOUT: '1', PROXY_MAX_RETRIES: '2' },
    );
    const { neighbours, triedAt } = setting;
    const error = await playOut(setting, failureOf(neighbours.ruleEngine.validate(QUESTION)), 'hangs');
    expect(triedAt).toEqual([0, 1_000 + FIRST_PAUSE]);
    expect(errorEnvelope(error).body.code).toBe('GATEWAY_TIMEOUT');
  });

  it('are made of what is pure, and of a write under a key, with the same key; never of another write', async () => {
    const setting = await set((req) => req.socket.destroy(), {
      PROXY_MAX_RETRIES: '2',
    });
    const { neighbours, server } = setting;
    const turn = { session_id: 's', content: 'hello' };
    await playOut(setting, failureOf(neighbours.aiGm.gameTurn(turn, { idempotencyKey: 'k1' })));
    expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1']);
    await playOut(setting, failureOf(neighbours.aiGm.gameTurn(turn)));
    expect(server.seen).toHaveLength(3);
    await playOut(setting, failureOf(neighbours.ruleEngine.sessionAdd({ session_id: 's' })));
    expect(server.seen).toHaveLength(4);
    await playOut(setting, failureOf(neighbours.aiGm.history('s')));
    expect(server.seen).toHaveLength(6);
  });

  it('are made of a write under a key that was late, too', async () => {
    const setting = await set(() => {}, {
      PROXY_TIMEOUT: '2',
      PROXY_MAX_RETRIES: '2',
    });
    const { clock, neighbours, triedAt } = setting;
    const turn = { session_id: 's', content: 'hello' };
    await playOut(setting, failureOf(neighbours.aiGm.gameTurn(turn, { idempotencyKey: 'k1' })), 'hangs');
    expect(triedAt).toEqual([0, 2_000 + FIRST_PAUSE]);
    const began = clock.now();
    const error = await playOut(setting, failureOf(neighbours.aiGm.gameTurn(turn)), 'hangs');
    expect([triedAt.length, clock.now() - began]).toEqual([3, 2_000]);
    expect(errorEnvelope(error).body.code).toBe('GATEWAY_TIMEOUT');
  });

  it('are not made of an answer, whatever its status', async () => {
    const setting = await set(says({ why: 'down' }, 503));
    const { neighbours, server } = setting;
    await playOut(setting, failureOf(neighbours.ruleEngine.validate(QUESTION)));
    expect(server.seen).toHaveLength(1);
  });

  it('stay within the caller’s deadline, whose pauses count', async () => {
    const setting = await set((req) => req.socket.destroy());
    const { clock, neighbours, triedAt } = setting;
    const began = clock.now();
    const call = neighbours.ruleEngine.validate(QUESTION, { deadline: began + 1_800 });
    const error = await playOut(setting, failureOf(call));
    expect(triedAt).toEqual([0, FIRST_PAUSE]);
    expect(clock.now() - began).toBe(1_800);
    expect(errorEnvelope(error).body.code).toBe('RULE_ENGINE_UNAVAILABLE');
  });

  it('end at once when the caller leaves, in a pause as well as in a try', async () => {
    for (const behave of [(req: { socket: { destroy(): void } }) => req.socket.destroy(), () => {}]) {
      const { neighbours, server, clock } = await set(behave);
      const leaving = new AbortController();
      const call = failureOf(neighbours.ruleEngine.validate(QUESTION, { signal: leaving.signal }));
      await expect.poll(() => server.seen.length).toBe(1);
      await clock.pass(10);
      leaving.abort();
      expect(errorEnvelope(await call).status).toBe(503);
      expect(server.seen).toHaveLength(1);
      expect(neighbours.report()[0]?.objective).toMatchObject({ calls: 0, errors: 0 });
    }
  });
});

describe('PROXY-6: a connection that never comes about', () => {
  it('is a 503 that says so, not a 504', async () => {
    const clock = new HeldClock();
    const port = await startUnacceptingPort();
    const neighbours = neighboursAt(`http://127.0.0.1:${port.port}`, { PROXY_MAX_RETRIES: '1' }, { clock });
    undo.push(
      () => port.close(),
      () => neighbours.close(),
    );
    const call = failureOf(neighbours.aiGm.narrative({ session_id: 's' }));
    await until(() => neighbours.report().some(({ active }) => active > 0));
    await clock.pass(10_000);
    expect(errorEnvelope(await call)).toMatchObject({
      status: 503,
      body: { code: 'AI_GM_UNAVAILABLE', detail: 'Connection timeout after 10s' },
    });
  });
});

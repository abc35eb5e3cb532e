import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { setFlag } from '../../flags/flags';
import { openNumberFlags } from '../../flags/shares';
import { auditFilter, listAudit } from '../../records/audit';
import { channels } from '../../upstream/channels';
import { createBackends } from './factory';
import {
  newCall,
  noPayments,
  startGrpcUpstream,
  startHttpUpstream,
  steadyReservations,
} from './testing/upstreams';

let database: TestDatabase;
const undo: (() => unknown)[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  channels().close();
});
afterAll(() => database.drop());

const KEY = 'share.reservation';

/** Seats over HTTP and over gRPC, half of the people each, with calls going on. */
async function startShared() {
  const [grpc, http] = [await startGrpcUpstream({ offersStreams: true }), await startHttpUpstream()];
  // What a real service takes: the noise of a busy test machine is small beside it.
  grpc.delayMs = 20;
  http.delayMs = 20;
  const flags = await openNumberFlags(database.db);
  const backends = await createBackends({
    config: {
      BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${grpc.port}`,
      BACKEND_RESERVATION_URL: `http://127.0.0.1:${http.port}`,
      BACKEND_PAYMENT_GRPC_ADDRESS: undefined,
      BACKEND_PAYMENT_URL: undefined,
      GRPC_USE_TLS: false,
    },
    local: { reservations: steadyReservations, payments: noPayments },
    keys: {},
    flags,
    db: database.db,
  });
  let count = 0;
  let failed = 0;
  const timer = setInterval(() => {
    for (let index = 0; index < 4; index += 1) {
      count += 1;
      const caller = { kind: 'player', playerId: `player ${count % 300}` } as const;
      backends.reservations
        .getReservation({ reservation_id: 'r', user_id: '' }, newCall({ caller }))
        .catch(() => {
          failed += 1;
        });
    }
  }, 10);
  undo.push(
    () => grpc.close(),
    () => http.close(),
    () => flags.close(),
    () => backends.close(),
    () => clearInterval(timer),
  );
  // Both ways are connected, and the code is warm, before anything is compared.
  await expect.poll(() => http.received, { timeout: 20_000 }).toBeGreaterThan(300);
  const setShare = async (value: number) => {
    await setFlag(database.db, { key: KEY, value, actorId: 'boss', reason: 'a try' });
    await flags.refresh();
  };
  const report = () => backends.reports()[0];
  const compared = (calls: number) =>
    expect
      .poll(() => report()?.comparison?.newCalls ?? 0, { timeout: 20_000, interval: 50 })
      .toBeGreaterThan(calls);
  return { grpc, http, setShare, report, compared, failed: () => failed };
}

const lastChange = async () =>
  (await listAudit(database.db, auditFilter.parse({ target: `flag:${KEY}`, limit: 1 }))).entries[0];

describe('UP-9: a new way that does worse', () => {
  it('loses its share under load, by itself and on the record; an admin may give it another one', async () => {
    const { grpc, http, setShare, report, compared } = await startShared();
    await setShare(50);
    await compared(400);
    expect(report()?.share).toBe(50);

    grpc.delayMs = 90;
    const before = report()?.comparison?.newCalls ?? 0;
    await expect.poll(() => report()?.share, { timeout: 20_000, interval: 20 }).toBe(0);
    await expect.poll(lastChange, { timeout: 5_000 }).toMatchObject({ actorId: null, before: 50, after: 0 });
    const change = await lastChange();
    const calls = Number(/after (\d+) calls/.exec(change?.reason ?? '')?.[1]);
    expect(calls - before).toBeLessThan(2_000);

    // Nobody goes there any more: hundreds are answered the other way meanwhile.
    const atFallBack = { there: grpc.received, here: http.received };
    await expect.poll(() => http.received - atFallBack.here, { timeout: 20_000 }).toBeGreaterThan(300);
    expect(grpc.received - atFallBack.there).toBeLessThan(100);

    grpc.delayMs = 20;
    await setShare(50);
    expect(report()?.share).toBe(50);
    await compared(400);
    expect(report()?.share).toBe(50);
  }, 60_000);

  it('that breaks sends nobody into the dark: its people go the other way, and its share goes', async () => {
    const { grpc, http, setShare, report, compared, failed } = await startShared();
    const answeredElsewhere = (calls: number) => {
      const from = http.received;
      return expect.poll(() => http.received - from, { timeout: 20_000 }).toBeGreaterThan(calls);
    };
    await setShare(50);
    await compared(200);
    grpc.mood = 'never answers';
    await expect.poll(() => report()?.share, { timeout: 20_000, interval: 20 }).toBe(0);
    await expect.poll(lastChange, { timeout: 5_000 }).toMatchObject({ actorId: null, after: 0 });
    const soFar = failed();
    // Those who were under way there may fail until their time is up; later ones are answered.
    await answeredElsewhere(1_000);
    const after = failed();
    await answeredElsewhere(200);
    expect(failed()).toBe(after);
    expect(after - soFar).toBeLessThan(400);
  }, 60_000);
});

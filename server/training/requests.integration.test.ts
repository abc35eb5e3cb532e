import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import {
  type StartTrainingRequest,
  type Training,
  type TrainingControlServiceServer,
  TrainingControlServiceService,
} from '../grpc/gen/proto/training_control';
import { type GrpcService, startGrpcServer } from '../grpc/server';
import { serveUnary } from '../grpc/unary';
import { channels } from '../upstream/channels';
import { startHungService } from '../upstream/testing/hung';
import { parseTrainingConfig } from './config';
import { createTrainingControlService } from './control-service';
import { launchWorker } from './launch';
import { TrainingManager } from './manager';
import { createTrainingRecorder } from './recorder';
import {
  listTrainings,
  type Person,
  showTraining,
  startTraining,
  type TrainingDesk,
  trainingDesk,
} from './requests';

const STRIKE_WORKER = new URL('./testing/strike-worker.ts', import.meta.url);
const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const SETTINGS = { maxSteps: 2_000_000 };
const log = pino({ level: 'silent' });

let database: TestDatabase;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  channels().close();
  for (const step of undo.splice(0)) await step();
});
afterAll(() => database.drop());

const deskAt = (port: number) =>
  trainingDesk(database.db, { address: `127.0.0.1:${port}`, useTls: false, keys: KEYS });

async function serving(...services: GrpcService[]): Promise<TrainingDesk> {
  const server = await startGrpcServer({ host: '127.0.0.1', port: 0, services, log, graceMs: 0 });
  undo.push(() => server.close());
  return deskAt(server.port);
}

/** A training service of somebody else. */
function theirs(answers: Partial<TrainingControlServiceServer>): GrpcService {
  const refuse = serveUnary((): never => {
    throw new AppError('INTERNAL', 'psycopg2.OperationalError: 10.0.0.5:5432 refused, password of trainer');
  });
  const implementation: TrainingControlServiceServer = {
    startTraining: refuse,
    stopTraining: refuse,
    getTraining: refuse,
    listTrainings: refuse,
    ...answers,
  };
  return { definition: TrainingControlServiceService, implementation };
}

let people = 0;
async function person(more: Partial<Person> = {}): Promise<Person> {
  people += 1;
  const name = `person-${people}`;
  const { id } = await database.db.user.create({ data: { username: name, usernameKey: name } });
  return { playerId: id, role: 'player', isGuest: false, ...more };
}

const start = (desk: TrainingDesk, who: Person, address = '203.0.113.1') =>
  startTraining(desk, { settings: SETTINGS, person: who, address, nameOf: (slug) => slug });

const records = () => database.db.trainingSession.count();

const told = (session_id: string, created_at_ms: number): Training => ({
  session_id,
  name: session_id,
  status: 'running',
  reason: '',
  config: undefined,
  created_at_ms: BigInt(created_at_ms),
  ended_at_ms: 0n,
  last_step: 0,
  last_episode: 0,
  evaluations: [],
});

describe('TRAIN-1: the trainings', () => {
  it('are told newest first, those of the database and those of the service together', async () => {
    const now = Date.now();
    await database.db.trainingSession.createMany({
      data: [4_000, 2_000].map((ago) => {
        const id = `stored-${ago}`;
        return { id, name: id, config: {}, status: 'ended', createdAt: new Date(now - ago) };
      }),
    });
    const trainings = [told('theirs-1000', now - 1_000), told('theirs-3000', now - 3_000)];
    const desk = await serving(theirs({ listTrainings: serveUnary(() => ({ trainings })) }));
    const list = await listTrainings(desk);
    expect(list).toMatchObject({ control: true, why: null, reason: null });
    const ids = list.trainings.map(({ sessionId }) => sessionId).filter((id) => /^(stored|theirs)-/.test(id));
    expect(ids).toEqual(['theirs-1000', 'stored-2000', 'theirs-3000', 'stored-4000']);
  });

  it('are told within 2 s where the service does not answer, with what is known here', async () => {
    const id = 'known-here';
    await database.db.trainingSession.create({ data: { id, name: id, config: {}, status: 'ended' } });
    const hung = await startHungService();
    undo.push(() => hung.close());
    const desk = deskAt(hung.port);
    const began = performance.now();
    const [list, shown] = await Promise.all([listTrainings(desk), showTraining(desk, id, null)]);
    expect(performance.now() - began).toBeLessThan(3_500);
    expect(list).toMatchObject({ control: false, why: 'unreachable' });
    expect(list.trainings.map(({ sessionId }) => sessionId)).toContain(id);
    expect(shown).toMatchObject({ training: { sessionId: id }, buckets: [], mayStop: false, control: false });
  });
});

describe('TRAIN-3: starting a training', () => {
  it('ends with TIMEOUT where the service takes connections and never answers', async () => {
    const hung = await startHungService();
    undo.push(() => hung.close());
    const desk = deskAt(hung.port);
    const [listed, started] = await Promise.allSettled([listTrainings(desk), start(desk, await person())]);
    expect(listed).toMatchObject({ value: { control: false, why: 'unreachable' } });
    expect(started).toMatchObject({
      reason: { code: 'TIMEOUT', message: 'The training service does not answer.' },
    });
  }, 15_000);

  it('is UNAVAILABLE where nobody listens, and leaves no record', async () => {
    const before = await records();
    await expect(start(deskAt(1), await person())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await records()).toBe(before);
  });

  it('is UNIMPLEMENTED where the service only streams', async () => {
    const desk = await serving();
    await expect(start(desk, await person())).rejects.toMatchObject({
      code: 'UNIMPLEMENTED',
      message: expect.stringContaining("can't be controlled"),
    });
    expect(await listTrainings(desk)).toMatchObject({ control: false, why: 'streams_only' });
  });
});

describe('TRAIN-4: one address', () => {
  it('of guests doesn’t fill all places: an account and an admin get in', async () => {
    const launch = (config: Parameters<typeof launchWorker>[0]) => launchWorker(config, STRIKE_WORKER);
    const manager = new TrainingManager({ maxRunning: 1, maxQueued: 9, launch });
    undo.push(() => manager.close());
    const desk = await serving(createTrainingControlService({ manager, keys: KEYS }));
    for (let seat = 0; seat < 4; seat += 1) await start(desk, await person({ isGuest: true }));
    const before = await records();
    const fifth = start(desk, await person({ isGuest: true }));
    await expect(fifth).rejects.toMatchObject({ code: 'RATE_LIMITED', detail: { reason: 'address_share' } });
    expect(await records()).toBe(before);
    await start(desk, await person());
    await start(desk, await person(), '203.0.113.2');
    await start(desk, await person({ role: 'admin' }));
    const statuses = manager.list().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'queued').length).toBe(6);
    expect(JSON.stringify(manager.list())).not.toMatch(/203\.0\.113|addressKey|requester/);
  });
});

describe('TRAIN-5: a training service', () => {
  it('is told who asks: an opaque key instead of the address, and how they stand', async () => {
    const orders: StartTrainingRequest[] = [];
    const startTraining = serveUnary((order: StartTrainingRequest) => {
      orders.push(order);
      return { training: undefined };
    });
    const desk = await serving(theirs({ startTraining }));
    const [guest, player, admin] = [
      await person({ isGuest: true }),
      await person(),
      await person({ role: 'admin' }),
    ];
    await start(desk, guest);
    await start(desk, player);
    await start(desk, admin, '203.0.113.2');
    expect(orders.map(({ owner_id }) => owner_id)).toEqual([guest, player, admin].map((one) => one.playerId));
    expect(orders.map(({ standing }) => standing)).toEqual(['guest', 'player', 'admin']);
    const [first, same, other] = orders.map(({ address_key }) => address_key);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });

  it('of ours gives whoever names nobody every place, and none beyond', async () => {
    const launch = (config: Parameters<typeof launchWorker>[0]) => launchWorker(config, STRIKE_WORKER);
    const manager = new TrainingManager({ maxRunning: 1, maxQueued: 5, launch });
    undo.push(() => manager.close());
    const { control } = await serving(createTrainingControlService({ manager, keys: KEYS }));
    const config = parseTrainingConfig(SETTINGS);
    for (let place = 0; place < 6; place += 1)
      await control.start({ sessionId: `place-${place}`, name: '', config });
    await expect(control.start({ sessionId: 'beyond', name: '', config })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      detail: { reason: 'trainings_full' },
    });
  });

  it('of ours stores nowhere who asked', async () => {
    const recorder = createTrainingRecorder(database.db);
    const launch = (config: Parameters<typeof launchWorker>[0]) => launchWorker(config, STRIKE_WORKER);
    const manager = new TrainingManager({ maxRunning: 1, journal: recorder, launch });
    undo.push(
      () => manager.close(),
      () => recorder.close(),
    );
    const { control } = await serving(createTrainingControlService({ manager, keys: KEYS }));
    const requester = { ownerId: 'opaque-owner', addressKey: 'opaque-address', standing: 'guest' } as const;
    const config = parseTrainingConfig(SETTINGS);
    await control.start({ sessionId: 'opaque', name: 'named', config, requester });
    await control.stop('opaque');
    await recorder.flush();
    const rows = await database.db.$queryRaw<{ row: string }[]>`
      SELECT query_to_xml('SELECT * FROM ' || quote_ident(table_name), true, false, '')::text AS row
      FROM information_schema.tables WHERE table_schema = 'public'`;
    const stored = JSON.stringify(rows);
    expect(stored).toContain('<name>named</name>');
    expect(stored).not.toMatch(/opaque-owner|opaque-address/);
  });
});

describe('TRAIN-6: a training service of somebody else', () => {
  it('says nothing to people: neither its errors nor its reasons', async () => {
    const desk = await serving(theirs({}));
    const failure = await start(desk, await person()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INTERNAL', message: 'The training service broke.' });
    expect(await listTrainings(desk)).toMatchObject({
      why: 'refused',
      reason: 'The training service broke.',
    });
  });

  it('is shown as far as it makes sense', async () => {
    const odd: Training = {
      session_id: 'odd',
      name: 'n\u202e'.repeat(50_000),
      status: 'FINISHED!',
      reason: 'Worker at 10.0.0.9:7000 died',
      config: undefined,
      created_at_ms: 9_000_000_000_000_000_000n,
      ended_at_ms: 9_000_000_000_000_000_000n,
      last_step: 5,
      last_episode: 1,
      evaluations: [{ step: 1, rounds: 2, wins: 1, mean_reward: Number.POSITIVE_INFINITY }],
    };
    const desk = await serving(theirs({ listTrainings: serveUnary(() => ({ trainings: [odd] })) }));
    const { trainings, control } = await listTrainings(desk);
    expect(control).toBe(true);
    expect(trainings.find(({ sessionId }) => sessionId === 'odd')).toMatchObject({
      name: 'n '.repeat(40),
      status: 'ended',
      reason: '',
      createdAt: new Date(0),
    });
  });
});

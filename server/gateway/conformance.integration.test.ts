import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestDataDir, type TestDatabase } from '../db/testing';
import { channels } from '../upstream/channels';
import { streamCalls } from './call-streams/counts';
import type { RemoteBackends } from './clients/factory';
import { startService } from './testing/processes';
import { hasPython, type PythonTickets, startPythonTickets } from './testing/python-tickets';
import { EVENTS, HOLD_SECONDS, type Tickets, ticketCases } from './testing/ticket-cases';
import {
  clientsAt,
  EVENT_NAMES,
  openTicketOffice,
  SECRET,
  type TicketOffice,
  ticketsOn,
  warmUp,
} from './testing/ticket-office';

/** The same cases wherever seats and payments are, and however they are asked (GATE-3, UP-6; SEAT-1 to 9, PAY-1 to 5). */

afterAll(() => channels().close());

describe('the arcade’s own services', () => {
  let database: TestDatabase;
  let office: TicketOffice;
  const clients: RemoteBackends[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    office = await openTicketOffice(database.db);
  });
  afterAll(async () => {
    for (const one of clients) await one.close();
    await office.close();
    await database.drop();
  });

  describe.each(['no wire', 'gRPC', 'HTTP', 'a call stream'] as const)('over %s', (way) => {
    let tickets: Tickets;
    beforeAll(async () => {
      if (way === 'no wire') {
        tickets = await ticketsOn(database.db, office.local);
        return;
      }
      const services = await clientsAt(way === 'HTTP' ? office.http : office.grpc, way === 'a call stream');
      clients.push(services);
      tickets = await ticketsOn(database.db, services);
    });

    ticketCases(() => tickets);
  });

  it('were asked over streams where they were to be', async () => {
    const { values } = await streamCalls.get();
    const ok = values.reduce((sum, { value }) => sum + value, 0);
    expect(ok).toBeGreaterThan(80);
  });
});

describe('GATE-13: services in processes of their own', () => {
  let database: TestDatabase;
  let dataDir = '';
  const closing: (() => Promise<void>)[] = [];
  const at = { grpc: {}, http: {} };
  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = createTestDataDir();
    const env = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      AUTH_SECRET: SECRET,
      HOLD_SECONDS: String(HOLD_SECONDS),
    };
    const [seats, fees] = await Promise.all([
      startService('server/start-reservation.ts', env),
      startService('server/start-payment.ts', env),
    ]);
    closing.push(seats.close, fees.close);
    at.grpc = { BACKEND_RESERVATION_GRPC_ADDRESS: seats.grpc, BACKEND_PAYMENT_GRPC_ADDRESS: fees.grpc };
    at.http = { BACKEND_RESERVATION_URL: seats.origin, BACKEND_PAYMENT_URL: fees.origin };
  });
  afterAll(async () => {
    for (const step of closing.reverse()) await step();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  describe.each(['gRPC', 'HTTP'] as const)('over %s', (way) => {
    let tickets: Tickets;
    beforeAll(async () => {
      const services = await clientsAt(way === 'HTTP' ? at.http : at.grpc, true);
      closing.push(() => services.close());
      await warmUp(services);
      tickets = await ticketsOn(database.db, services);
    });

    ticketCases(() => tickets);
  });
});

describe.runIf(hasPython)('services in Python, over gRPC', () => {
  let python: PythonTickets;
  let services: RemoteBackends;
  beforeAll(async () => {
    const events = EVENT_NAMES.flatMap((name) => [
      '--event',
      `${name}:${EVENTS[name].seats}:${EVENTS[name].fee}`,
    ]);
    python = await startPythonTickets([...events, '--hold-seconds', String(HOLD_SECONDS)]);
    const { address } = python;
    const at = { BACKEND_RESERVATION_GRPC_ADDRESS: address, BACKEND_PAYMENT_GRPC_ADDRESS: address };
    services = await clientsAt(at, true);
    await warmUp(services);
  });
  afterAll(async () => {
    await services.close();
    await python.close();
  });

  ticketCases(() => ({
    ...services,
    eventId: (name) => name,
    newUser: async () => randomUUID(),
    token: async () => randomUUID(),
  }));
});

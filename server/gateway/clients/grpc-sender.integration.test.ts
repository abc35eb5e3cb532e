import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { ReservationServiceClient } from '../../grpc/gen/proto/reservation/v1/reservation';
import { channels } from '../../upstream/channels';
import { targetAt } from '../../upstream/target';
import { openTicketOffice, SECRET, type TicketOffice } from '../testing/ticket-office';
import { GrpcSender } from './grpc-sender';

let database: TestDatabase;
let office: TicketOffice;
beforeAll(async () => {
  database = await createTestDatabase();
  office = await openTicketOffice(database.db);
});
afterAll(async () => {
  await office.close();
  channels().close();
  await database.drop();
});

it('UP-10: a call stream is open before the first call, also to an address that came later, and ends to one that went', async () => {
  const sender = new GrpcSender({
    service: 'reservation',
    client: ReservationServiceClient,
    keys: { authSecret: SECRET },
    useStreams: true,
  });
  const [first = '', second = ''] = [
    office.grpc.BACKEND_RESERVATION_GRPC_ADDRESS,
    office.grpc.BACKEND_PAYMENT_GRPC_ADDRESS,
  ];
  try {
    sender.open([targetAt(first, false)]);
    await expect.poll(() => sender.openStreams).toBe(1);
    sender.open([targetAt(first, false), targetAt(second, false)]);
    await expect.poll(() => sender.openStreams).toBe(2);
    sender.open([targetAt(second, false)]);
    expect(sender.openStreams).toBe(1);
  } finally {
    sender.close();
  }
});

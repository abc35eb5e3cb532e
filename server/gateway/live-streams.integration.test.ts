import { type ClientReadableStream, Metadata, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallStreamServiceClient } from '../grpc/gen/proto/gateway/v1/calls';
import { Channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { LiveStreams } from './live-streams';
import { bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
const channels = new Channels();
beforeAll(async () => {
  gate = await startTestGateway();
});
afterAll(async () => {
  channels.close();
  await gate.close();
});

interface Opened {
  readonly stream: Pick<ClientReadableStream<unknown>, 'cancel'>;
  /** `open` once something was heard, else the status. */
  readonly heard: Promise<'open' | number>;
}

function hear<T>(stream: ClientReadableStream<T>): Opened {
  stream.on('error', () => undefined);
  const heard = new Promise<'open' | number>((resolve) => {
    stream.once('data', () => resolve('open'));
    stream.once('status', ({ code }: { code: number }) => resolve(code));
  });
  return { stream, heard };
}

const MANY = Array.from({ length: 16 }, () => 'open');

describe('GATE-19: streams that are open at once', () => {
  it('are 16 of one waiting token; one that ends makes room, and others are not held up', async () => {
    const follow = async () => {
      const { token } = await gate.player();
      const body = { event_id: gate.eventId };
      const joined = await gate.http('POST', '/api/v1/queue/join', { token, key: newKey(), body });
      const { waiting_token } = joined.body;
      return () => hear(gate.streams.streamQueueUpdates({ waiting_token, session_id: '', event_id: '' }));
    };
    const one = await follow();
    const opened = Array.from({ length: 16 }, one);
    expect(await Promise.all(opened.map(({ heard }) => heard))).toEqual(MANY);
    expect(await one().heard).toBe(status.RESOURCE_EXHAUSTED);
    expect(await (await follow())().heard).toBe('open');
    opened[0]?.stream.cancel();
    await expect.poll(() => one().heard, { interval: 20 }).toBe('open');
  });

  it('are 16 of one player, call streams among them', async () => {
    const { token } = await gate.player();
    const client = channels.client(CallStreamServiceClient, targetAt(`127.0.0.1:${gate.grpcPort}`, false));
    const calls = () => hear(client.calls(bearing(token)));
    const opened = Array.from({ length: 16 }, calls);
    expect(await Promise.all(opened.map(({ heard }) => heard))).toEqual(MANY);
    expect(await calls().heard).toBe(status.RESOURCE_EXHAUSTED);
    const seats = { user_id: '', session_id: '', reservation_ids: [] };
    expect(await hear(gate.streams.streamReservationUpdates(seats, bearing(token))).heard).toBe(
      status.RESOURCE_EXHAUSTED,
    );
    expect(await hear(client.calls(new Metadata())).heard).toBe('open');
    for (const { stream } of opened) stream.cancel();
    await expect.poll(() => calls().heard, { interval: 20 }).toBe('open');
  });

  it('are counted by address too, and forgotten when they are over', () => {
    const live = new LiveStreams({ perPerson: 2, perAddress: 3 });
    const of = (playerId: string) => live.open({ kind: 'player', playerId }, undefined, '203.0.113.9');
    const releases = [of('a'), of('b'), of('c')];
    expect(() => of('d')).toThrow('at most 3');
    for (let many = 0; many < 10; many += 1) live.open({ kind: 'trusted' }, undefined, '203.0.113.9');
    for (const release of [...releases, ...releases]) release();
    expect(live.size).toBe(0);
  });
});

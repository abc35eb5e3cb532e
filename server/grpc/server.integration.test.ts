import { connect, type Settings } from 'node:http2';
import { createServer } from 'node:net';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { service as healthService } from 'grpc-health-check';
import { afterEach, describe, expect, it } from 'vitest';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { GameServiceClient, type GameServiceServer, GameServiceService } from './gen/proto/game';
import { type GrpcService, startGrpcServer } from './server';

const silent = { info: () => undefined, warn: () => undefined };
const NO_ONE = { match_id: 'm', player1_id: 1, player2_id: 2 };

afterEach(() => channels().close());

/** A service whose streams stay open until somebody cancels them. */
function endless(): GrpcService & { cancelled: Promise<void> } {
  let tell: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const implementation: GameServiceServer = {
    streamGameState: (call) => {
      call.once('cancelled', tell);
      call.sendMetadata(new Metadata());
    },
  };
  return { definition: GameServiceService, implementation, cancelled };
}

const start = (services: GrpcService[], port = 0) =>
  startGrpcServer({ host: '127.0.0.1', port, services, log: silent, graceMs: 50 });

function askHealth(port: number, name: string): Promise<unknown> {
  const check = healthService.Check;
  if (!check) throw new Error('the health service has no Check');
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, value?: unknown) => {
      client.close();
      if (error) reject(error);
      else resolve(value);
    };
    const { path, requestSerialize, responseDeserialize } = check;
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service: name }, done);
  });
}

describe('the gRPC server', () => {
  it('answers the standard health check for itself and for each service', async () => {
    const server = await start([endless()]);
    expect(await askHealth(server.port, '')).toEqual({ status: 'SERVING' });
    expect(await askHealth(server.port, 'game.GameService')).toEqual({ status: 'SERVING' });
    await expect(askHealth(server.port, 'no.Such')).rejects.toMatchObject({ code: status.NOT_FOUND });
    await server.close();
  });

  it('GRPC-12: tells clients how much metadata and how many streams it takes', async () => {
    const server = await start([endless()]);
    const session = connect(`http://127.0.0.1:${server.port}`);
    const settings = await new Promise<Settings>((resolve) => session.once('remoteSettings', resolve));
    expect(settings).toMatchObject({ maxHeaderListSize: 16_384, maxConcurrentStreams: 1_000 });
    session.destroy();
    await server.close();
  });

  it('says which address is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const held = holder.address();
    const port = typeof held === 'object' && held ? held.port : 0;
    await expect(start([endless()], port)).rejects.toThrow(`gRPC can't listen on 127.0.0.1:${port}`);
    await new Promise((resolve) => holder.close(resolve));
  });

  it('closes its services first, waits a moment for calls, then cuts them; twice is once', async () => {
    const service = endless();
    let closes = 0;
    const server = await start([
      {
        ...service,
        close: () => {
          closes += 1;
        },
      },
    ]);
    const call = channels()
      .client(GameServiceClient, targetAt(`127.0.0.1:${server.port}`, false))
      .streamGameState(NO_ONE);
    const ended = new Promise<{ code: number }>((resolve) => call.once('status', resolve));
    call.on('error', () => undefined);
    await new Promise((resolve) => call.once('metadata', resolve));
    await Promise.all([server.close(), server.close()]);
    expect(closes).toBe(1);
    expect((await ended).code).not.toBe(status.OK);
    await service.cancelled;
    await expect(askHealth(server.port, '')).rejects.toMatchObject({ code: status.UNAVAILABLE });
    // A client that is not told would find out by its pings, after 20 s.
  }, 10_000);
});

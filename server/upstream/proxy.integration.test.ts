import { createServer, type Server } from 'node:net';
import { Metadata } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TrainingControlServiceClient } from '../grpc/gen/proto/training_control';
import { type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { channels } from './channels';
import { targetAt } from './target';
import { callUnary } from './unary';

let grpc: RunningGrpcServer | undefined;
let proxy: Server | undefined;

afterEach(async () => {
  channels().close();
  vi.unstubAllEnvs();
  await grpc?.close();
  proxy?.close();
});

describe('PROC-4: a gRPC channel', () => {
  it('goes straight to its address, whatever proxy the shell names', async () => {
    const asked = vi.fn();
    const listening = createServer((socket) => {
      asked();
      socket.destroy();
    });
    proxy = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const at = listening.address();
    const url = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
    for (const name of ['grpc_proxy', 'http_proxy', 'https_proxy']) vi.stubEnv(name, url);
    vi.stubEnv('no_proxy', '');
    grpc = await startGrpcServer({
      host: '127.0.0.1',
      port: 0,
      services: [],
      log: { info: vi.fn(), warn: vi.fn() },
    });
    const client = channels().client(TrainingControlServiceClient, targetAt(`127.0.0.1:${grpc.port}`, false));
    await expect(
      callUnary(
        client.listTrainings.bind(client),
        {},
        { metadata: new Metadata(), deadlineMs: 5_000, service: 'training' },
      ),
    ).rejects.toMatchObject({
      code: 'UNIMPLEMENTED',
    });
    expect(asked).not.toHaveBeenCalled();
  });
});

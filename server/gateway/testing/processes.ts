import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly origin: string;
  /** `host:port` */
  readonly grpc: string;
  close(): Promise<void>;
}

/** A port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts one of `server/start-*.ts`, and waits until it says that it is ready. */
export async function startService(entry: string, env: Record<string, string>): Promise<ServiceProcess> {
  const [port, grpcPort] = [await freePort(), await freePort()];
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
      PORT: String(port),
      GRPC_PORT: String(grpcPort),
      ADMIN_PORT: '0',
      ...env,
    },
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('is ready')) resolve();
      });
    child.once('exit', () => reject(new Error(`${entry} ended at its start:\n${said}`)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    grpc: `127.0.0.1:${grpcPort}`,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

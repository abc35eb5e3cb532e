import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly origin: string;
  /** `host:port` */
  readonly grpc: string;
  close(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** Where a service answers. */
export interface ServicePorts {
  readonly port: number;
  readonly grpcPort: number;
}

/** A port that nobody has at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export const freePorts = async (): Promise<ServicePorts> => ({
  port: await freePort(),
  grpcPort: await freePort(),
});

/** Starts one of `server/start-*.ts`, and waits until it says that it is ready. */
export async function startService(
  entry: string,
  env: Record<string, string>,
  ports?: ServicePorts,
): Promise<ServiceProcess> {
  const { port, grpcPort } = ports ?? (await freePorts());
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
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    grpc: `127.0.0.1:${grpcPort}`,
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

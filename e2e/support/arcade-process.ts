import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createTestDataDir } from '../../server/db/testing';
import { freePorts } from './free-ports';

const START_TIMEOUT_MS = 60_000;

/** An arcade of a test's own: the built one, on free ports, with a data directory that can be killed and started again. */
export class ArcadeProcess {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  /** Everything it printed, over all its lives. */
  output = '';
  readonly origin: string;
  readonly grpcAddress: string;
  readonly dataDir: string;

  private constructor(
    dataDir: string,
    [port = 0, adminPort = 0, grpcPort = 0]: number[],
    env: Readonly<Record<string, string>>,
  ) {
    this.dataDir = dataDir;
    this.origin = `http://localhost:${port}`;
    this.grpcAddress = `127.0.0.1:${grpcPort}`;
    this.#env = {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      GRPC_PORT: String(grpcPort),
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      NEXTAUTH_URL: '',
      AUTH_SECRET: '',
      NEXTAUTH_SECRET: '',
      ...env,
      NODE_ENV: 'production',
    };
  }

  static async create(env: Readonly<Record<string, string>> = {}): Promise<ArcadeProcess> {
    return new ArcadeProcess(createTestDataDir(), await freePorts(3), env);
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it, again after a kill; returns when it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['.build/server/main.mjs'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const begin = this.output.length;
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`The arcade ${why}:\n${this.output.slice(begin)}`));
      const timer = setTimeout(() => fail(`was not ready after ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
      const read = (chunk: Buffer) => {
        this.output += chunk.toString('utf8');
        if (!this.output.slice(begin).includes('is ready at')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        fail(`left with code ${code}`);
      });
    });
  }

  /** kill -9: it can't say goodbye to anybody, its database least of all. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it in order; returns its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends it if it still runs, and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  /** `npm run admin -- …` on this arcade. */
  async admin(...args: string[]): Promise<string> {
    return runAdmin(args, this.#env);
  }
}

/** Runs an admin command in the environment of an arcade, by default the one that all tests share. */
export async function runAdmin(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const command = ['node_modules/tsx/dist/cli.mjs', 'server/auth/admin-cli.ts', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  return stdout.trim();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTestDatabase, type TestDatabase } from '../../server/db/testing';
import { freePorts } from '../support/free-ports';

/** The services of a rush, each a process of its own. */
export const SERVICES = ['main', 'start-gateway', 'start-reservation', 'start-payment'] as const;
export type Service = (typeof SERVICES)[number];

interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly admin: number;
}

const START_TIMEOUT_MS = 60_000;

/** The arcade, a gateway, seats and payments, each a process of its own on one database. */
export class RushProcesses {
  readonly database: TestDatabase;
  readonly #ports: Readonly<Record<Service, Ports>>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #running = new Map<Service, ChildProcess>();
  /** What they printed, the end of it. */
  output = '';

  private constructor(
    database: TestDatabase,
    ports: Readonly<Record<Service, Ports>>,
    env: Readonly<Record<string, string>>,
  ) {
    this.database = database;
    this.#ports = ports;
    const { 'start-reservation': seats, 'start-payment': payments } = ports;
    this.#env = {
      ...process.env,
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      AUTH_SECRET: 'a secret of a rehearsal, which is nobody’s business',
      INTERNAL_API_KEY: 'key of a rehearsal, for its services',
      NEXTAUTH_URL: '',
      LOG_LEVEL: 'warn',
      ...env,
      NODE_ENV: 'production',
      BACKEND_RESERVATION_GRPC_ADDRESS: `127.0.0.1:${seats.grpc}`,
      BACKEND_PAYMENT_GRPC_ADDRESS: `127.0.0.1:${payments.grpc}`,
    };
  }

  static async create(env: Readonly<Record<string, string>>): Promise<RushProcesses> {
    const free = await freePorts(SERVICES.length * 3);
    const at = (index: number): Ports => ({
      http: free[index * 3] ?? 0,
      grpc: free[index * 3 + 1] ?? 0,
      admin: free[index * 3 + 2] ?? 0,
    });
    const ports = {
      main: at(0),
      'start-gateway': at(1),
      'start-reservation': at(2),
      'start-payment': at(3),
    };
    return new RushProcesses(await createTestDatabase(), ports, env);
  }

  /** What the scripts of the arcade need to work on the same data. */
  get env(): NodeJS.ProcessEnv {
    return this.#env;
  }

  origin(service: Service): string {
    return `http://127.0.0.1:${this.#ports[service].http}`;
  }

  port(service: Service, kind: keyof Ports): number {
    return this.#ports[service][kind];
  }

  /** Starts a service; returns when it says that it is ready. */
  async start(service: Service): Promise<void> {
    const { http, grpc, admin } = this.#ports[service];
    const isBackend = service === 'start-reservation' || service === 'start-payment';
    const child = spawn(process.execPath, [`.build/server/${service}.mjs`], {
      env: {
        ...this.#env,
        PORT: String(http),
        GRPC_PORT: String(grpc),
        ADMIN_PORT: String(admin),
        // A service does not look for itself elsewhere, only for its neighbour.
        ...(isBackend && {
          [service === 'start-payment' ? 'BACKEND_PAYMENT_GRPC_ADDRESS' : 'BACKEND_RESERVATION_GRPC_ADDRESS']:
            '',
        }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.set(service, child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${service} was not ready:\n${said}`)),
        START_TIMEOUT_MS,
      );
      const read = (chunk: Buffer) => {
        const text = chunk.toString('utf8');
        this.output = `${this.output}${text}`.slice(-100_000);
        said = `${said}${text}`.slice(-10_000);
        if (!said.includes('ready at')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`${service} left with code ${code}:\n${said}`));
      });
    });
  }

  /** Of a service that runs. */
  pid(service: Service): number {
    const pid = this.#running.get(service)?.pid;
    if (pid === undefined) throw new Error(`${service} does not run`);
    return pid;
  }

  /** kill -9. */
  async kill(service: Service): Promise<void> {
    const child = this.#running.get(service);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async dispose(): Promise<void> {
    await Promise.all(SERVICES.map((service) => this.kill(service)));
    await this.database.drop();
  }
}

import { rmSync } from 'node:fs';
import { publishAuthSecret } from '../../auth/secrets';
import { createTestDatabase, createTestDataDir, type TestDatabase } from '../../db/testing';
import { freePorts, type ServicePorts, type ServiceProcess, startService } from './processes';
import { SECRET } from './ticket-office';

export type Part = 'gateway' | 'reservation' | 'payment';
const PARTS = ['reservation', 'payment', 'gateway'] as const satisfies readonly Part[];

/** Gateway, seats and payments, each a process of its own that asks the others over gRPC. */
export interface ThreeWays {
  readonly database: TestDatabase;
  readonly origin: string;
  /** kill -9, and the same again at the same address. */
  crash(part: Part): Promise<void>;
  close(): Promise<void>;
}

export async function startThreeWays(env: Record<string, string> = {}): Promise<ThreeWays> {
  publishAuthSecret(SECRET);
  const database = await createTestDatabase();
  const dataDir = createTestDataDir();
  const ports: Record<Part, ServicePorts> = {
    gateway: await freePorts(),
    reservation: await freePorts(),
    payment: await freePorts(),
  };
  const at = (part: Part) => `127.0.0.1:${ports[part].grpcPort}`;
  const common = { DATA_DIR: dataDir, DATABASE_URL: database.url, AUTH_SECRET: SECRET, ...env };
  const seats = { BACKEND_RESERVATION_GRPC_ADDRESS: at('reservation') };
  const fees = { BACKEND_PAYMENT_GRPC_ADDRESS: at('payment') };
  const places = { reservation: fees, payment: seats, gateway: { ...seats, ...fees } };
  const running = new Map<Part, ServiceProcess>();
  const start = async (part: Part): Promise<void> => {
    const started = await startService(
      `server/start-${part}.ts`,
      { ...common, ...places[part] },
      ports[part],
    );
    running.set(part, started);
  };
  for (const part of PARTS) await start(part);
  return {
    database,
    origin: `http://127.0.0.1:${ports.gateway.port}`,
    async crash(part) {
      await running.get(part)?.kill();
      await start(part);
    },
    async close() {
      for (const part of PARTS.toReversed()) await running.get(part)?.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

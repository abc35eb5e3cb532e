import type { TestDatabase } from '../../db/testing';
import { type ServiceProcess, startService } from './processes';
import { type PythonTickets, startPythonTickets } from './python-tickets';
import { openEvent, SECRET } from './ticket-office';

/** A gateway in a process of its own, before services in Python. */
export interface Setting {
  readonly eventId: string;
  readonly gateway: ServiceProcess;
  readonly python: PythonTickets;
  /** Another gateway on the same database. */
  another(): Promise<ServiceProcess>;
  close(): Promise<void>;
}

export async function startBeforePython(
  {
    database,
    dataDir,
    terms,
  }: {
    readonly database: TestDatabase;
    readonly dataDir: string;
    readonly terms: { readonly seats: number; readonly fee: number };
  },
  argsFor: (eventId: string) => readonly string[],
  envFor: (address: string) => Record<string, string>,
): Promise<Setting> {
  const eventId = await openEvent(database.db, terms);
  const python = await startPythonTickets(argsFor(eventId));
  const opened: ServiceProcess[] = [];
  async function another(): Promise<ServiceProcess> {
    const gateway = await startService('server/start-gateway.ts', {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      AUTH_SECRET: SECRET,
      ...envFor(python.address),
    });
    opened.push(gateway);
    return gateway;
  }
  return {
    eventId,
    gateway: await another(),
    python,
    another,
    async close() {
      for (const one of opened) await one.close();
      await python.close();
    },
  };
}

import { startTestServer, TEST_SERVER_VARIABLE } from './testing';

/** Vitest's global set-up: one PostgreSQL for the whole run; each test file gets a database of its own in it. */
export default async function setup(): Promise<() => Promise<void>> {
  // Several projects of one run share it.
  if (process.env[TEST_SERVER_VARIABLE]) return async () => {};
  const server = await startTestServer();
  process.env[TEST_SERVER_VARIABLE] = server.url;
  return async () => {
    delete process.env[TEST_SERVER_VARIABLE];
    await server.stop();
  };
}

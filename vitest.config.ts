import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Tests of what is said on the wire. */
const SPOKEN_IN_BOTH = ['abuse', 'acting', 'errors', 'fuzz', 'lobby', 'match', 'transport'];

/** Unit tests need nothing but Node; integration tests (`*.integration.test.ts`) start real servers and a real database. */
export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    // Two also on two cores: most tests wait more than they work.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{engine,client,examples,server,proto,app,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          environment: 'node',
          // Not a speed limit: a busy machine is slow, a test that hangs hangs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{engine,client,examples,server,proto,app,scripts}/**/*.integration.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // One PostgreSQL for the whole run; each test file gets a database of its own in it.
          globalSetup: ['server/db/testing-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'msgpack',
          // The contract of the sockets once more, in their other dialect (SIG-21).
          include: SPOKEN_IN_BOTH.map((file) => `server/signaling/${file}.integration.test.ts`),
          env: { SIGNALING_DIALECT: 'msgpack' },
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['server/db/testing-setup.ts'],
        },
      },
    ],
  },
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Address, TurnClient } from './turn-client';

const CONFIG = fileURLToPath(new URL('../../../deploy/coturn/turnserver.conf', import.meta.url));

/** A real coturn with the file that we ship, on loopback. */
export interface Coturn {
  readonly address: Address;
  readonly secret: string;
  stop(): Promise<void>;
}

/** Starts it and waits until it answers. */
export async function startCoturn(): Promise<Coturn> {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-coturn-'));
  const address = { ip: '127.0.0.1', port: 20_000 + (process.pid % 20_000) };
  const secret = 'a shared secret of the test';
  const turn = spawn(
    'turnserver',
    [
      ...['-c', CONFIG, `--static-auth-secret=${secret}`, `--listening-port=${address.port}`],
      ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--no-tls', '--no-dtls'],
      // The two of a fight meet at the relay's own address, which here is no public one.
      ...['--allowed-peer-ip=127.0.0.1', '--allow-loopback-peers'],
      ...['--pidfile=/dev/null', `--db=${join(folder, 'turn.db')}`],
    ],
    { stdio: 'ignore' },
  );
  const failed = once(turn, 'error').then(([cause]) => {
    throw new Error('This test needs coturn (apt-get install coturn).', { cause });
  });
  await Promise.race([answers(address), failed]);
  return {
    address,
    secret,
    async stop() {
      turn.kill('SIGKILL');
      await once(turn, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: Address): Promise<void> {
  const probe = await TurnClient.open(address, { username: 'nobody', password: '' });
  await probe.allocate();
  probe.close();
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TurnClient } from '../../doctor/turn/client';
import type { Address } from '../../doctor/turn/message';

const CONFIG = fileURLToPath(new URL('../../../deploy/coturn/turnserver.conf', import.meta.url));

/** A real coturn with the file that we ship, on loopback. */
export interface Coturn {
  /** Where it listens for UDP and TCP. */
  readonly address: Address;
  /** Where it listens for TLS; there with a certificate only. */
  readonly tlsPort: number;
  readonly secret: string;
  stop(): Promise<void>;
}

export interface CoturnOptions {
  /** Of loopback. */
  readonly ip?: '127.0.0.1' | '::1';
  /** Files in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** False: packets to its own address are denied, as the file has it. */
  readonly isOwnPeer?: boolean;
  /** Further arguments of turnserver. */
  readonly more?: readonly string[];
}

let started = 0;

/** Starts it and waits until it answers. */
export async function startCoturn({
  ip = '127.0.0.1',
  tls,
  isOwnPeer = true,
  more = [],
}: CoturnOptions = {}): Promise<Coturn> {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-coturn-'));
  // coturn takes the next port, too.
  const port = 20_000 + (((process.pid % 2_000) * 10 + started++ * 4) % 20_000);
  const [address, tlsPort] = [{ ip, port }, port + 2];
  const secret = 'a shared secret of the test';
  const turn = spawn(
    'turnserver',
    [
      ...['-c', CONFIG, `--static-auth-secret=${secret}`, `--listening-port=${address.port}`],
      ...[`--listening-ip=${ip}`, `--relay-ip=${ip}`, '--no-dtls'],
      ...(tls
        ? [`--cert=${tls.cert}`, `--pkey=${tls.key}`, `--tls-listening-port=${tlsPort}`]
        : ['--no-tls']),
      // The two of a fight meet at the relay's own address, which here is no public one.
      ...(isOwnPeer ? [`--allowed-peer-ip=${ip}`, '--allow-loopback-peers'] : []),
      ...more,
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
    tlsPort,
    secret,
    async stop() {
      turn.kill('SIGKILL');
      await once(turn, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: Address): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const probe = await TurnClient.open({ server: address, withinMs: 1_000 });
    try {
      await probe.bind();
      return;
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(250);
    } finally {
      probe.close();
    }
  }
}

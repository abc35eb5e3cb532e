import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, status } from '@grpc/grpc-js';
import { service as healthService } from 'grpc-health-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningGrpcServer, startGrpcServer } from './server';

const silent = { info: () => undefined, warn: () => undefined };
let folder = '';

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
const file = (name: string) => readFileSync(join(folder, name));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcade-tls-'));
  const subject = (name: string) => ['-subj', `/CN=${name}`];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    ...subject('ca'),
  );
  for (const name of ['server', 'client']) {
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      ...subject('localhost'),
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-copy_extensions',
      'copy',
      '-out',
      `${name}.crt`,
    );
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(port: number, how: ReturnType<typeof credentials.createInsecure>): Promise<number> {
  const check = healthService.Check;
  if (!check) throw new Error('the health service has no Check');
  const client = new Client(`localhost:${port}`, how);
  return new Promise((resolve) => {
    const { path, requestSerialize, responseDeserialize } = check;
    const deadline = { deadline: Date.now() + 5_000 };
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service: '' },
      deadline,
      (error) => {
        client.close();
        resolve(error?.code ?? status.OK);
      },
    );
  });
}

describe('GATE-12: GRPC_TLS_CERT, _KEY and _CA', () => {
  const start = (ca?: Buffer): Promise<RunningGrpcServer> =>
    startGrpcServer({
      host: '127.0.0.1',
      port: 0,
      services: [],
      log: silent,
      tls: { cert: file('server.crt'), key: file('server.key'), ca },
    });

  it('the port speaks TLS only; the arcade’s own processes have one beside it', async () => {
    const server = await start();
    try {
      expect(await ask(server.port, credentials.createSsl(file('ca.crt')))).toBe(status.OK);
      expect(await ask(server.port, credentials.createInsecure())).not.toBe(status.OK);
      expect(server.plainPort).not.toBe(server.port);
      expect(await ask(server.plainPort, credentials.createInsecure())).toBe(status.OK);
    } finally {
      await server.close();
    }
  });

  it('with a CA callers show a certificate of it', async () => {
    const server = await start(file('ca.crt'));
    try {
      const own = credentials.createSsl(file('ca.crt'), file('client.key'), file('client.crt'));
      expect(await ask(server.port, own)).toBe(status.OK);
      expect(await ask(server.port, credentials.createSsl(file('ca.crt')))).not.toBe(status.OK);
    } finally {
      await server.close();
    }
  });
});

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { startTestArcade, type TestArcade } from '../signaling/testing/arcade';
import { type Coturn, type CoturnOptions, startCoturn } from '../signaling/testing/coturn';
import { examine } from './examine';
import { printed } from './print';

/** The doctor, an arcade's real signaling, a real PostgreSQL and real TURN servers. */

const run = promisify(execFile);

let folder: string;
let tls: { cert: string; key: string };
let ca: string;
let database: TestDatabase;
let arcade: TestArcade;
const turns: Coturn[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcade-doctor-'));
  tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const names = ['-subj', '/CN=turn.test', '-addext', 'subjectAltName=IP:127.0.0.1,IP:::1'];
  const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...form, ...names, '-out', tls.cert, '-keyout', tls.key], {
    stdio: 'ignore',
  });
  ca = readFileSync(tls.cert, 'utf8');
  database = await createTestDatabase();
  arcade = await startTestArcade(database.db);
});
afterAll(async () => {
  for (const turn of turns) await turn.stop();
  await arcade.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: CoturnOptions = {}): Promise<Coturn> {
  const turn = await startCoturn(options);
  turns.push(turn);
  return turn;
}

/** The environment of an arcade with such a server, reached in every way. */
function environment({ address: { ip, port }, tlsPort, secret }: Coturn) {
  const host = ip.includes(':') ? `[${ip}]` : ip;
  const at = `${host}:${port}`;
  return {
    DATABASE_URL: database.url,
    NEXTAUTH_URL: arcade.url,
    TURN_URLS: [`stun:${at}`, `turn:${at}`, `turn:${at}?transport=tcp`, `turns:${host}:${tlsPort}`].join(','),
    TURN_SECRET: secret,
  };
}

const meetings = ({ outlooks }: Awaited<ReturnType<typeof examine>>) => outlooks.map(({ meets }) => meets);

describe('PROC-9: npm run doctor', { timeout: 60_000 }, () => {
  it.each(['127.0.0.1', '::1'] as const)('allocates and carries over UDP, TCP and TLS at %s', async (ip) => {
    const turn = await start({ ip, tls });
    const report = await examine(environment(turn), { ca });
    expect(report.servers.map(({ kind, transport, works }) => ({ kind, transport, works }))).toEqual([
      { kind: 'stun', transport: 'udp', works: true },
      { kind: 'turn', transport: 'udp', works: true },
      { kind: 'turn', transport: 'tcp', works: true },
      { kind: 'turn', transport: 'tls', works: true },
    ]);
    for (const { kind, server, says, open } of report.servers) {
      expect(server).toBe(ip);
      expect(says).toContain(ip);
      // As we ship it, it is no door to anywhere private but where this test lets it.
      expect(open ?? []).toEqual(ip === '::1' && kind === 'turn' ? ['::1'] : []);
    }
    // This arcade is not at port 443.
    expect(meetings(report)).toEqual(['direct', 'turn', 'turn', 'nothing']);
    expect(report.isWell).toBe(false);
    expect(report.checks.find(({ name }) => name === 'database')).toMatchObject({ state: 'ok' });
    expect(report.checks.find(({ name }) => name === 'WebSocket')).toMatchObject({ state: 'ok' });
    expect(JSON.stringify(report) + printed(report)).not.toContain(turn.secret);
  });

  it('says that browsers refuse a certificate that nobody signed', async () => {
    const turn = await start({ tls });
    const { servers } = await examine(environment(turn));
    expect(servers.at(-1)).toMatchObject({
      works: false,
      says: expect.stringMatching(/certificate that browsers refuse/),
      next: expect.any(String),
    });
  });

  it('says that the secret is another one', async () => {
    const turn = await start();
    const env = { ...environment(turn), TURN_SECRET: 'another secret' };
    const report = await examine(env, { withinMs: 2_000 });
    expect(report.servers[1]).toMatchObject({ works: false, says: 'does not take the credentials' });
    // STUN needs none.
    expect(meetings(report)).toEqual(['direct', 'server', 'server', 'nothing']);
  });

  it('finds a relay that is a door into private networks', async () => {
    const turn = await start({ more: ['--allowed-peer-ip=10.0.0.0-10.255.255.255'] });
    const report = await examine(environment(turn), { withinMs: 2_000 });
    expect(report.servers[1]).toMatchObject({ works: true, open: ['10.0.0.1'] });
    expect(printed(report)).toMatch(/BAD .*door into private networks: 10\.0\.0\.1/);
  });

  it('finds a relay whose own address it denies: it allocates, and carries nothing', async () => {
    const turn = await start({ isOwnPeer: false });
    const { servers } = await examine(environment(turn), { withinMs: 2_000 });
    expect(servers[1]).toMatchObject({ works: false, says: expect.stringMatching(/carries no packet/) });
  });

  it('waits for nobody who is silent, and knows what is no STUN server', async () => {
    const silent = createTcpServer((socket) => socket.on('error', () => undefined));
    const other = createTcpServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const ports = await Promise.all([silent, other].map(listening));
    const urls = [
      ...ports.map((port) => `turn:127.0.0.1:${port}?transport=tcp`),
      ...['turn:127.0.0.1:9?transport=tcp', 'turn:nowhere.invalid'],
    ];
    const env = { ...environment(await start()), TURN_URLS: urls.join(',') };
    const began = Date.now();
    const { servers } = await examine(env, { withinMs: 1_000 });
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(servers.map(({ says }) => says)).toEqual([
      'does not answer',
      'something answers that is no STUN server',
      'nothing listens there',
      'the name leads nowhere',
    ]);
    silent.close();
    other.close();
  });

  it('knows a database and a Redis that are away, and repeats no password of theirs', async () => {
    const env = {
      DATABASE_URL: 'postgresql://arcade:hunter22@127.0.0.1:9/arcade',
      REDIS_URL: 'redis://:hunter22@127.0.0.1:9',
      MATCH_GRPC_ADDRESS: '127.0.0.1:9',
      NEXTAUTH_URL: 'http://127.0.0.1:9',
    };
    const report = await examine(env, { withinMs: 1_000 });
    for (const name of ['database', 'Redis', 'MATCH_GRPC_ADDRESS', 'WebSocket'])
      expect(report.checks.find((check) => check.name === name)).toMatchObject({ state: 'bad' });
    expect(meetings(report)).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
    expect(JSON.stringify(report) + printed(report)).not.toContain('hunter22');
  });

  it('says what is wrong with a configuration, and asks nobody', async () => {
    expect(await examine({ TURN_URLS: 'http://turn.example' })).toMatchObject({
      isWell: false,
      checks: [{ state: 'bad', says: expect.stringContaining('TURN_URLS') }],
    });
    const report = await examine(
      { ...environment(await start()), TURN_URLS: 'turn://a' },
      { withinMs: 1_000 },
    );
    expect(report.checks.find(({ name }) => name === 'TURN_URLS')).toMatchObject({ state: 'bad' });
  });

  it('is a command that ends with 1 when somebody would meet nothing', async () => {
    const env = { ...process.env, ...environment(await start({ tls })), NODE_EXTRA_CA_CERTS: tls.cert };
    const cli = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'server/doctor/doctor-cli.ts'];
    const ask = (...args: string[]) =>
      run(process.execPath, [...cli, ...args], { env }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
      );
    const { code, stdout } = await ask('--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ isWell: false, outlooks: expect.any(Array) });
    const said = await ask();
    expect(said.stdout).toMatch(/only port 443 +NOTHING +the arcade is served at port/);
    expect(said.stdout).toMatch(/UDP blocked +TURN +TURN over TCP/);
    expect((await ask('--what')).code).toBe(2);
  });
});

function listening(server: ReturnType<typeof createTcpServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

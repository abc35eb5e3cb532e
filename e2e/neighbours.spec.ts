import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { parse } from 'yaml';
import { z } from 'zod';
import { createTestDatabase } from '../server/db/testing';
import { climb } from './support/arcade-climber';
import { freePorts } from './support/free-ports';
import { ScriptClient } from './support/script-client';
import { type ServiceProcess, serviceProcess } from './support/service-process';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';

/** The arcade as deploy/compose.yaml lays it out: each part a process, with the environment that the file gives. */

const compose = z.object({
  services: z.record(z.string(), z.object({ environment: z.record(z.string(), z.string()) })),
});

/** What deploy/.env says, as example.env tells those who want the neighbours apart. */
const DOT_ENV: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a-password-of-the-test',
  AUTH_SECRET: 'a-secret-of-the-test-with-more-than-32-characters',
  INTERNAL_API_KEY: 'a-key-of-the-test-itself',
  RULE_ENGINE_URL: 'http://rules:8031',
  AI_GM_URL: 'http://gm:8032',
};

/** `${NAME}`, `${NAME:-default}` and `${NAME:?why}`, as Compose reads them. */
const filledIn = (text: string) =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, how?: string, rest?: string) => {
    const value = DOT_ENV[name];
    if (value) return value;
    if (how === '?') throw new Error(rest);
    return how === '-' ? (rest ?? '') : '';
  });

/** The environment of a service, with ports and hosts of this machine instead of a network of containers. */
function environmentOf(service: string, ports: Readonly<Record<string, number>>): Record<string, string> {
  const { services } = compose.parse(parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }));
  const given = services[service]?.environment;
  if (!given) throw new Error(`deploy/compose.yaml has no ${service}`);
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const moved = filledIn(text)
        .replace('0.0.0.0', '127.0.0.1')
        .replace(/\/\/(?:rules|gm):/, '//127.0.0.1:')
        .replace(/\b(3000|8031|8032)\b/, (port) => String(ports[port]));
      return [name, moved];
    }),
  );
}

async function healthOf(origin: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/api/health`);
  const report: unknown = await answer.json();
  const { status, ...parts } = z.looseObject({ status: z.string() }).parse(report);
  const of = (name: string) => z.object({ status: z.string() }).parse(parts[name]).status;
  return { http: answer.status, status, rules: of('rule engine'), gm: of('ai gm') };
}

const GOOD = { http: 200, status: 'ok', rules: 'ok', gm: 'ok' };

test('the topology of compose.yaml: neighbours that are killed are missed by the health report and by no player', async () => {
  test.setTimeout(180_000);
  const database = await createTestDatabase();
  const [app = 0, rulesPort = 0, gmPort = 0, grpc = 0, ...admin] = await freePorts(7);
  const ports = { 3000: app, 8031: rulesPort, 8032: gmPort };
  const start = (name: string, service: string, port: number, adminPort: number, healthPath: string) =>
    serviceProcess([process.execPath, `.build/server/${name}.mjs`], {
      origin: `http://localhost:${port}`,
      healthPath,
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
        ...environmentOf(service, ports),
        ...(service === 'app' ? { DATABASE_URL: database.url, GRPC_PORT: String(grpc) } : {}),
        // In containers of their own all three have the default.
        ADMIN_PORT: String(adminPort),
      },
    });
  const [adminOfApp = 0, adminOfRules = 0, adminOfGm = 0] = admin;
  const rules = start('start-rules', 'rules', rulesPort, adminOfRules, '/health');
  const gm = start('start-gm', 'gm', gmPort, adminOfGm, '/health');
  const arcade = start('main', 'app', app, adminOfApp, '/api/health/live');
  const all: readonly ServiceProcess[] = [rules, gm, arcade];
  try {
    await Promise.all([rules.start(), gm.start()]);
    await arcade.start();
    const { origin } = arcade;
    await expect.poll(() => healthOf(origin), { timeout: 20_000 }).toEqual(GOOD);
    // Neither answers just anybody: the key of the file is what opens them.
    for (const { origin: at } of [rules, gm])
      expect((await fetch(`${at}/session/add`, { method: 'POST' })).status).not.toBe(200);

    const client = await ScriptClient.enter(origin, uniqueName('climber'));
    const garam = await climb(client, 'garam');
    await garam.goOn();
    expect(garam.run).toMatchObject({ moment: 'fight', status: 'active' });
    expect(await garam.giveUp()).toMatchObject({ winner: 2, ruledBy: 'rule engine' });

    await rules.kill();
    await expect
      .poll(() => healthOf(origin), { timeout: 20_000 })
      .toEqual({ ...GOOD, status: 'degraded', rules: 'degraded' });
    await garam.goOn();
    expect(await garam.giveUp()).toMatchObject({ winner: 2, ruledBy: 'arcade' });
    await rules.start();
    await expect.poll(() => healthOf(origin), { timeout: 20_000 }).toEqual(GOOD);

    await gm.kill();
    await expect
      .poll(() => healthOf(origin), { timeout: 20_000 })
      .toEqual({ ...GOOD, status: 'degraded', gm: 'degraded' });
    const bawi = await climb(client, 'bawi');
    expect(bawi.run.lines).not.toEqual([]);
    await bawi.goOn();
    const { lines } = await bawi.open();
    expect([lines.before, lines.won, lines.lost]).not.toContain(null);
    await gm.start();
    await expect.poll(() => healthOf(origin), { timeout: 20_000 }).toEqual(GOOD);
  } finally {
    for (const one of all.toReversed()) await one.stop();
    for (const [index, one] of all.entries())
      await test.info().attach(`what process ${index} printed`, { body: one.output() });
    await database.drop();
  }
});

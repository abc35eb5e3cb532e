import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSignaling } from '../client/signaling';
import { ArcadeProcess } from '../e2e/support/arcade-process';
import { logInAsGuest } from '../examples/headless-client/log-in';
import { ATTACKS } from './lib/attacks';

/**
 * Attacks on the sockets of a built arcade (`npm run build` before), one after the other, while a player of another account asks for
 * an answer every 20 ms: the server stays up, its memory bounded, and the player's line and round trip as they are.
 * `npm run proof:attacks -- --seconds 8`
 */
const at = process.argv.indexOf('--seconds');
const seconds = at < 0 ? 8 : Number(process.argv[at + 1]);

/** A player notices more than this. */
const MAX_P95_MS = 250;
const MAX_GROWTH_MB = 400;

const arcade = await ArcadeProcess.create();
await arcade.start();
const memoryMb = () =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${arcade.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const witness = await logInAsGuest(arcade.origin);
let lost = 0;
const line = createSignaling({
  url: arcade.origin,
  getToken: witness.signalToken,
  onState: (state) => {
    if (state === 'offline') lost += 1;
  },
});
const playerId = await new Promise<string>((resolve) => line.on('ready', (ready) => resolve(ready.playerId)));

/** Round trips of the witness until the signal, sorted. */
async function roundTrips(signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!signal.aborted) {
    const began = performance.now();
    await line.send('line_stats', { playerId }).catch(() => undefined);
    took.push(performance.now() - began);
    await sleep(120);
  }
  return took.toSorted((a, b) => a - b);
}

/** Runs one until it says what it did. */
async function attack(name: string): Promise<string> {
  const args = [
    fileURLToPath(new URL('lib/attacker.ts', import.meta.url)),
    arcade.origin,
    name,
    String(seconds),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, ...args]);
  return stdout.trim();
}

const findings: string[] = [];
const quietMb = memoryMb();
for (const name of ['nobody', ...ATTACKS.keys(), 'nobody again']) {
  const end = new AbortController();
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, memoryMb());
  }, 200);
  const attacked = ATTACKS.has(name) ? attack(name) : sleep(seconds * 1_000, '');
  const [trips, said] = await Promise.all([roundTrips(end.signal), attacked.finally(() => end.abort())]);
  clearInterval(watch);
  const rank = (share: number) => trips[Math.min(trips.length - 1, Math.floor(trips.length * share))] ?? 0;
  const [p50, p95, most] = [rank(0.5), rank(0.95), rank(1)].map((ms) => ms.toFixed(1));
  console.log(
    `${name}: round trip p50 ${p50}, p95 ${p95}, most ${most} ms; at most ${peakMb.toFixed(0)} MB. ${said}`,
  );
  if (rank(0.95) > MAX_P95_MS) findings.push(`${name}: p95 ${p95} ms`);
  if (peakMb - quietMb > MAX_GROWTH_MB)
    findings.push(`${name}: ${peakMb.toFixed(0)} MB, ${quietMb.toFixed(0)} before`);
  await sleep(1_500);
}
await sleep(15_000);
console.log(`after 15 s of quiet: ${memoryMb().toFixed(0)} MB (${quietMb.toFixed(0)} at the start)`);
if (lost > 0) findings.push(`the player's line was lost ${lost} times`);
line.close();
await arcade.dispose();
for (const finding of findings) console.log(finding);
console.log(findings.length === 0 ? 'Holds.' : 'BROKEN.');
process.exit(findings.length === 0 ? 0 : 1);

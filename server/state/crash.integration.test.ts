import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readNumbers } from './rows/json';
import { type House, openHouse } from './testing/house';
import { hpAdded, proveSession } from './testing/prove-session';
import { dumpSession, startSession } from './testing/sessions';

const committer = fileURLToPath(new URL('testing/committer.ts', import.meta.url));
const ROUNDS = 6;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Mulberry32: the same moments in every run with the same seed. */
function seeded(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Kills a committing process some ms after its fifth commit. @returns the last number that it told */
async function commitUntilKilled(sessionId: string, first: number, afterMs: number): Promise<number> {
  const args = ['--import', 'tsx', committer, house.database.url, sessionId, String(first)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let told = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line);
    if (told === first + 4) void delay(afterMs).then(() => child.kill('SIGKILL'));
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  return told;
}

it('STATE-11: kill -9 at any moment leaves each commit whole or not at all, and what was told is so', async () => {
  const { state, database } = house;
  const { id, playerId } = await startSession(state, 'Crash');
  const random = seeded(20_260_302);
  let last = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const told = await commitUntilKilled(id, last + 1, Math.floor(random() * 60));
    // The database may still be busy with the last word of the dead process: this waits for it.
    await database.db.$queryRaw`select 1 from "StorySession" where id = ${id}::uuid for update`;
    const session = await dumpSession(database.db, id);
    expect(await proveSession(database.db, id)).toEqual([]);
    // One more than was told may have been made.
    expect([told, told + 1]).toContain(session.turn);
    last = session.turn;
    const of = (name: string) => session.entities.find(({ scenarioEntityId }) => scenarioEntityId === name);
    const guard = of('guard');
    const rope = session.items.find(({ scenarioItemId }) => scenarioItemId === 'rope');
    const owns = session.relations.find(({ fromId, toId }) => fromId === playerId && toId === rope?.id);
    expect({
      hp: session.player?.hp,
      gold: readNumbers(session.player?.stats).gold,
      guard: guard?.hp,
      pilot: session.relations.find(({ type }) => type === 'friend')?.affinity,
      owned: owns?.quantity,
      potions: session.items.find(({ scenarioItemId }) => scenarioItemId === 'potion')?.quantity,
      commits: session.commits.length,
      phase: session.phase,
    }).toEqual({
      hp: 100 + hpAdded(session, playerId),
      gold: last,
      guard: 30 + hpAdded(session, guard?.id ?? ''),
      pilot: 60 - (last % 2),
      owned: last,
      potions: last,
      commits: last,
      phase: last % 2 === 0 ? 'combat' : 'dialogue',
    });
  }
  expect(last).toBeGreaterThan(ROUNDS * 5 - 1);
}, 180_000);

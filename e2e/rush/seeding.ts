import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { RushProcesses } from './processes';

const run = promisify(execFile);
const playerSchema = z.object({ playerId: z.string(), apiToken: z.string() });

/** Runs a script of the arcade on the data of a rush. */
async function script(env: NodeJS.ProcessEnv, file: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['node_modules/tsx/dist/cli.mjs', file, ...args], {
    env,
    maxBuffer: 1 << 27,
  });
  return stdout.trim();
}

/** A tournament and people, as `npm run seed:tournament` and `seed:players` make them. */
export async function seedTournament(
  { env }: RushProcesses,
  wanted: {
    readonly people: number;
    readonly seats: number;
    /** Coins. */
    readonly fee: number;
    /** Seconds until registration opens, counted from when the people are there. */
    readonly opensIn: number;
    /** Admissions a minute. */
    readonly rate: number;
    readonly name: string;
  },
): Promise<{
  readonly eventId: string;
  readonly players: readonly z.infer<typeof playerSchema>[];
  /** Unix ms. */
  readonly opensAt: number;
}> {
  const told = await script(env, 'server/process/seed-players.ts', '--count', String(wanted.people));
  const players = told
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => playerSchema.parse(JSON.parse(line)));
  const opensAt = Date.now() + wanted.opensIn * 1000;
  const seeded = await script(
    env,
    'server/process/seed-tournament.ts',
    ...['--name', wanted.name, '--seats', String(wanted.seats), '--fee', String(wanted.fee)],
    ...['--opens', new Date(opensAt).toISOString(), '--rate', String(wanted.rate)],
  );
  return { eventId: seeded.split(/\s/).at(-1) ?? '', players, opensAt };
}

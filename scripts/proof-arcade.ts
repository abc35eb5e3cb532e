import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { type Climber, climb } from '../e2e/support/arcade-climber';
import { ScriptClient, TrpcRefusal } from '../e2e/support/script-client';
import { randomBelow, seedRng } from '../engine/bots/rng';
import { CONTINUE_POINTS, ENDING_POINTS } from '../server/arcade/course/score';
import type { FightView, LineView, laddersView, RunView } from '../server/arcade/views';
import { killInTurn, openWorld, PYTHON, type World } from './lib/arcade-world';

/**
 * Whole ladders, climbed over tRPC in the time that fights take, against the built processes: one while the Rule Engine, the
 * game master and the arcade are killed (`-9`) in turn, ten times in all, each when it is asked for something; one with the
 * services in Python; one that goes on on another device half way. Nothing may be lost, each has one ending, the score adds up, every ruling agrees with what was
 * played, and no line is said twice, whoever says it. A fight that can't be won is lost, and tried again. `--seed=N` decides
 * the roads, though not the fights; `--only=kills|python|devices`, `--ladder=garam|bawi`. Takes 7 to 13 minutes.
 */
const option = (name: string) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const seed = Number(option('seed') ?? 1);
const only = option('only');

const ladder = option('ladder') ?? 'garam';
const KILLS = 10;
const PATIENCE_MS = 60_000;

interface Ascent {
  readonly fights: number;
  readonly lost: number;
  readonly lines: number;
  readonly steps: number;
  readonly score: number;
  readonly ending: string;
  readonly ruledBy: Readonly<Record<string, number>>;
  /** Calls that had to be asked again. */
  readonly askedAgain: number;
  readonly faults: readonly string[];
}

/** Asks again while nobody answers: what had been done meanwhile is found by looking at the run. */
async function patiently<T>(ask: () => Promise<T>, onAgain = () => {}): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      const isRefused = error instanceof TrpcRefusal && error.httpStatus < 500;
      if (isRefused || performance.now() > until) throw error;
      onAgain();
      await delay(250);
    }
}

/** A step was taken, and the answer was lost with the process. */
const wasTaken = (error: unknown): boolean =>
  error instanceof TrpcRefusal && /"(moved_on|ended)"/.test(JSON.stringify(error.detail ?? {}));

/** Hears what is said, each step once. */
function listener() {
  const said = new Map<string, number>();
  let heardAt = -1;
  const hear = ({ speaker, text }: LineView) => {
    const line = `${speaker.id}: ${text}`;
    said.set(line, (said.get(line) ?? 0) + 1);
  };
  return {
    said,
    run({ version, lines }: RunView) {
      if (version !== heardAt) lines.forEach(hear);
      heardAt = version;
    },
    before({ lines }: FightView) {
      if (lines.before) hear(lines.before);
    },
  };
}

/** What a climb may have done to it. */
interface Trials {
  /** Done before a call goes out. */
  beforeCall?(path: string): Promise<void>;
  /** Done after each fight, with how many there were: another device. */
  between?(fights: number): Promise<ScriptClient | undefined>;
}

/** Climbs to an ending. */
async function toTheEnd(
  enter: () => Promise<ScriptClient>,
  luck: (bound: number) => number,
  { beforeCall, between }: Trials = {},
): Promise<Ascent> {
  const faults: string[] = [];
  const ruledBy: Record<string, number> = {};
  const heard = listener();
  const again = new Set<string>();
  let calls = 0;
  const caller =
    (by: ScriptClient) =>
    async <T>(path: string, input: object): Promise<T> => {
      calls += 1;
      const call = `${calls} ${path}`;
      await beforeCall?.(path);
      return patiently(
        () => by.mutate<T>(path, input),
        () => again.add(call),
      );
    };
  let client = await enter();
  let climber: Climber = await climb(client, ladder, caller(client));
  const { runId } = climber.run;
  let [fights, lost, points] = [0, 0, 0];
  heard.run(climber.run);
  while (climber.run.moment !== 'ending') {
    const before = climber.run;
    try {
      if (before.moment === 'fight') {
        const { view, played, ruling } = await climber.fight('try');
        fights += 1;
        lost += Number(ruling.winner !== 1);
        points += ruling.points;
        ruledBy[ruling.ruledBy] = (ruledBy[ruling.ruledBy] ?? 0) + 1;
        if (ruling.differs || ruling.winner !== played.told.winner || ruling.frames !== played.told.frames)
          faults.push(`the ruling of fight ${fights} does not agree`);
        heard.before(view);
        heard.run(climber.run);
        const other = await between?.(fights);
        if (other) {
          client = other;
          climber = await climb(client, ladder, caller(client));
          if (climber.run.version !== before.version + 1) faults.push('another device found another run');
        }
      } else await climber.step(luck);
    } catch (error) {
      if (!wasTaken(error)) throw error;
      climber.run = await patiently(() => client.query<RunView>('arcade.run', { runId }));
    }
    heard.run(climber.run);
  }
  const { run } = climber;
  const expected = points + ENDING_POINTS + run.continues.left * CONTINUE_POINTS;
  if (run.score !== expected) faults.push(`the score is ${run.score}, its parts say ${expected}`);
  for (const [line, times] of heard.said) if (times > 1) faults.push(`said ${times} times: ${line}`);
  if (run.runId !== runId) faults.push('it ended as another run than it began');
  const { ladders } = await patiently(() => client.query<z.infer<typeof laddersView>>('arcade.ladders'));
  const listed = ladders.find(({ key }) => key === ladder);
  if (listed?.run !== null || listed.best?.score !== run.score)
    faults.push(`after the ending the list says ${JSON.stringify(listed)}`);
  return {
    ...{ fights, lost, lines: heard.said.size, steps: run.version, score: run.score },
    ...{ ending: run.ending?.id ?? 'none', ruledBy, askedAgain: again.size, faults },
  };
}

function luckOf(salt: number): (bound: number) => number {
  const words = new Int32Array(1);
  seedRng(words, 0, seed + salt);
  return (bound) => randomBelow(words, 0, bound);
}

async function inWorld(isPython: boolean, work: (world: World) => Promise<Ascent>): Promise<Ascent> {
  const world = await openWorld(isPython);
  try {
    return await work(world);
  } finally {
    await world.arcade.dispose();
    await Promise.all([world.rules.stop(), world.gm.stop()]);
  }
}

const entering = (world: World, name: string) => () =>
  ScriptClient.enter(world.arcade.origin, `${name}${seed}`);

const CLIMBS: Readonly<Record<string, () => Promise<Ascent>>> = {
  kills: () =>
    inWorld(false, async (world) => {
      const killer = killInTurn(world, KILLS, luckOf(77));
      const trials = { beforeCall: killer.beforeCall };
      const ascent = await toTheEnd(entering(world, 'killed'), luckOf(1), trials).finally(killer.restored);
      const { ruledBy, askedAgain } = ascent;
      const withoutGm = world.arcade.output.split('"neighbour":"game master"').length - 1;
      const isHit = (ruledBy.arcade ?? 0) > 0 && withoutGm > 0 && askedAgain > 0;
      const faults = [
        ...ascent.faults,
        ...(killer.kills < KILLS ? ['too few kills'] : []),
        ...(isHit ? [] : ['one of the three was never missed']),
      ];
      return { ...ascent, kills: killer.kills, withoutGm, faults };
    }),
  python: () =>
    inWorld(true, async (world) => {
      const ascent = await toTheEnd(entering(world, 'snake'), luckOf(2));
      const isTheirs = (ascent.ruledBy['rule engine'] ?? 0) === ascent.fights;
      return isTheirs
        ? ascent
        : { ...ascent, faults: [...ascent.faults, 'Python did not rule on every fight'] };
    }),
  devices: () =>
    inWorld(false, async (world) => {
      const between = async (fights: number) => {
        if (fights !== 4) return undefined;
        const client = new ScriptClient(world.arcade.origin);
        const person = { username: `moved${seed}`, password: 'plain contract 1' };
        const { error } = await client.http.logIn('credentials', person);
        if (error !== null) throw new Error(`log-in refused: ${error}`);
        return client;
      };
      return toTheEnd(entering(world, 'moved'), luckOf(3), { between });
    }),
};

if (!existsSync('.build/server/main.mjs')) throw new Error('Build first: npm run build');
const began = performance.now();
const chosen = Object.entries(CLIMBS).filter(([name]) => only === undefined || name === only);
const results = await Promise.all(
  chosen.map(async ([name, run]): Promise<boolean> => {
    if (name === 'python' && !existsSync(PYTHON)) {
      console.log('python: left out, as its packages are not installed (npm test installs them).');
      return true;
    }
    const { faults, ...figures } = await run();
    console.log(
      `${name}: ${JSON.stringify(figures)}${faults.map((fault) => `\n  BROKEN: ${fault}`).join('')}`,
    );
    return faults.length === 0;
  }),
);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(`${results.every(Boolean) ? 'Holds' : 'BROKEN'} (seed ${seed}, ${minutes} min).`);
process.exitCode = results.every(Boolean) ? 0 : 1;

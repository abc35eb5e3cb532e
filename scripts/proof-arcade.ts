import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { type Climber, climb } from '../e2e/support/arcade-climber';
import { ScriptClient, TrpcRefusal } from '../e2e/support/script-client';
import { randomBelow, seedRng } from '../engine/bots/rng';
import { CONTINUE_POINTS, ENDING_POINTS } from '../server/arcade/course/score';
import type { FightView, LineView, laddersView, RunView } from '../server/arcade/views';
import { openWorld, PYTHON, type World } from './lib/arcade-world';

/**
 * Whole ladders, climbed over tRPC in the time that fights take, against the built processes: one while the arcade, the Rule
 * Engine and the game master are killed in turn, ten times in all; one with the services in Python; one that goes on on
 * another device half way. Nothing may be lost, each has one ending, the score adds up, every ruling agrees with what was
 * played, and no line is said twice, whoever says it. A fight that can't be won is lost, and tried again. `--seed=N` decides
 * the roads, though not the fights; `--only=kills|python|devices`, `--ladder=garam|bawi`. Takes about 10 minutes.
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
  readonly kills: number;
  readonly faults: readonly string[];
}

/** Asks again while nobody answers: what had been done meanwhile is found by looking at the run. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      const isRefused = error instanceof TrpcRefusal && error.httpStatus < 500;
      if (isRefused || performance.now() > until) throw error;
      await delay(250);
    }
}

const patient =
  (client: ScriptClient) =>
  <T>(path: string, input: object): Promise<T> =>
    patiently(() => client.mutate<T>(path, input));

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

/** Climbs to an ending. @param between done after each fight, with how many there were */
async function toTheEnd(
  enter: () => Promise<ScriptClient>,
  between: (fights: number) => Promise<ScriptClient | undefined>,
  luck: (bound: number) => number,
): Promise<Ascent> {
  const faults: string[] = [];
  const ruledBy: Record<string, number> = {};
  const heard = listener();
  let client = await enter();
  let climber: Climber = await climb(client, ladder, patient(client));
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
        const other = await between(fights);
        if (other) {
          client = other;
          climber = await climb(client, ladder, patient(client));
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
    ...{ ending: run.ending?.id ?? 'none', ruledBy, kills: 0, faults },
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
  /** Every few seconds one of the three is killed, and started again a second later. */
  kills: () =>
    inWorld(false, async (world) => {
      const turns = [world.rules, world.gm, world.arcade] as const;
      const over = new AbortController();
      let kills = 0;
      const killing = (async () => {
        const luck = luckOf(77);
        while (kills < KILLS && !over.signal.aborted) {
          await delay(8_000 + luck(12_000), undefined, { signal: over.signal }).catch(() => {});
          if (over.signal.aborted) return;
          const victim = turns[kills % turns.length] ?? world.rules;
          await victim.kill();
          kills += 1;
          await delay(1_000);
          await victim.start();
        }
      })();
      try {
        const ascent = await toTheEnd(entering(world, 'killed'), async () => undefined, luckOf(1));
        const isEnough = kills >= KILLS;
        return {
          ...ascent,
          kills,
          faults: isEnough ? ascent.faults : [...ascent.faults, `only ${kills} kills`],
        };
      } finally {
        over.abort();
        await killing;
      }
    }),
  python: () =>
    inWorld(true, async (world) => {
      const ascent = await toTheEnd(entering(world, 'snake'), async () => undefined, luckOf(2));
      const isTheirs = (ascent.ruledBy['rule engine'] ?? 0) === ascent.fights;
      return isTheirs
        ? ascent
        : { ...ascent, faults: [...ascent.faults, 'Python did not rule on every fight'] };
    }),
  devices: () =>
    inWorld(false, async (world) => {
      const second = async (fights: number) => {
        if (fights !== 4) return undefined;
        const client = new ScriptClient(world.arcade.origin);
        const person = { username: `moved${seed}`, password: 'plain contract 1' };
        const { error } = await client.http.logIn('credentials', person);
        if (error !== null) throw new Error(`log-in refused: ${error}`);
        return client;
      };
      return toTheEnd(entering(world, 'moved'), second, luckOf(3));
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

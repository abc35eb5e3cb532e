import { setTimeout as delay } from 'node:timers/promises';
import { ArcadeProcess } from '../../e2e/support/arcade-process';
import { freePorts } from '../../e2e/support/free-ports';
import { type ServiceProcess, serviceProcess } from '../../e2e/support/service-process';

/** The Python that `npm test` installs the services' packages for. */
export const PYTHON = '.build/python-rules/bin/python';

/** An arcade with the Rule Engine and the game master beside it, each a process that can be killed. */
export interface World {
  readonly arcade: ArcadeProcess;
  readonly rules: ServiceProcess;
  readonly gm: ServiceProcess;
}

/** Starts the three. @param isPython the services that are written in Python */
export async function openWorld(isPython: boolean): Promise<World> {
  const [rulesPort = 0, gmPort = 0, rulesAdmin = 0, gmAdmin = 0] = await freePorts(4);
  const service = (name: string, port: number, adminPort: number) =>
    serviceProcess(
      isPython
        ? [PYTHON, `python/${name}_service.py`, '--port', String(port)]
        : [process.execPath, `.build/server/start-${name}.mjs`],
      {
        origin: `http://127.0.0.1:${port}`,
        healthPath: '/health',
        env: {
          ...{ ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', HOST: '127.0.0.1' },
          ...{ DATABASE_URL: '', INTERNAL_API_KEY: '', ADMIN_PORT: String(adminPort) },
          ...(name === 'rules' ? { RULES_PORT: String(port) } : { GM_PORT: String(port) }),
        },
      },
    );
  const rules = service('rules', rulesPort, rulesAdmin);
  const gm = service('gm', gmPort, gmAdmin);
  const arcade = await ArcadeProcess.create({
    RULE_ENGINE_URL: rules.origin,
    AI_GM_URL: gm.origin,
    LOG_LEVEL: 'warn',
  });
  await Promise.all([rules.start(), gm.start(), arcade.start()]);
  return { arcade, rules, gm };
}

/** An arcade that is asked is killed within this time: before the step is written, or before the answer is out. */
const MIDWAY_MS = 30;
const DOWN_MS = 1_000;

/**
 * Kills the Rule Engine, the game master and the arcade in turn (`-9`), each for a call that needs it, and starts it again a
 * second later. One call between two kills is left in peace, which spreads them over the ladder.
 */
export function killInTurn({ rules, gm, arcade }: World, most: number, luck: (bound: number) => number) {
  const turns = [
    { victim: rules, isNeeded: (path: string) => path === 'arcade.report', isMidway: false },
    { victim: gm, isNeeded: (path: string) => /arcade\.(fight|choose)/.test(path), isMidway: false },
    { victim: arcade, isNeeded: () => true, isMidway: true },
  ];
  let kills = 0;
  let isNext = true;
  let restored: Promise<void> = Promise.resolve();
  return {
    get kills() {
      return kills;
    },
    /** Whoever was killed is there again. */
    restored: () => restored,
    /** To be done before each call. */
    async beforeCall(path: string): Promise<void> {
      await restored;
      const turn = turns[kills % turns.length];
      if (!isNext || !turn?.isNeeded(path) || kills >= most) {
        isNext = true;
        return;
      }
      const { victim, isMidway } = turn;
      isNext = false;
      kills += 1;
      const killed = delay(isMidway ? luck(MIDWAY_MS) : 0).then(() => victim.kill());
      restored = killed.then(() => delay(DOWN_MS)).then(() => victim.start());
      if (!isMidway) await killed;
    },
  };
}

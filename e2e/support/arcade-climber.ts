import { setTimeout as delay } from 'node:timers/promises';
import { lose, type Played, tryToWin, win } from '../../server/arcade/testing/play';
import type { FightView, RulingView, RunView } from '../../server/arcade/views';
import type { ScriptClient } from './script-client';

/** Somebody who climbs a ladder over tRPC, knowing no more than the pages do. */
export interface Climber {
  run: RunView;
  /** Chooses, rests or pays, once. */
  step(pick?: (choices: number) => number): Promise<void>;
  /** Does that until there is a fight, or it is over. */
  goOn(): Promise<void>;
  open(): Promise<FightView>;
  /**
   * Plays in the time that it takes, and tells it.
   * @param how `try`: won if it can be
   * @throws where the run asks for no fight
   */
  fight(
    how?: keyof typeof PLAY,
  ): Promise<{ readonly view: FightView; readonly played: Played; readonly ruling: RulingView }>;
  /** Gives a fight up at once. */
  giveUp(): Promise<RulingView>;
}

const PLAY = { win, lose, try: tryToWin } as const;

interface Reported {
  readonly ruling: RulingView;
  readonly run: RunView;
}

/** Coins, as continues that are left count at the end. */
function wayToPay({ coins, price, left }: RunView['continues']): 'coin' | 'continue' | 'token' {
  if (coins >= price) return 'coin';
  return left > 0 ? 'continue' : 'token';
}

/** Begins a ladder, or goes on with the run that there is. @param call how procedures are asked: a proof asks again */
export async function climb(
  client: ScriptClient,
  ladder: string,
  call: <T>(path: string, input: object) => Promise<T> = (path, input) => client.mutate(path, input),
): Promise<Climber> {
  const climber: Climber = {
    run: await call<RunView>('arcade.start', { ladder }),
    async step(pick = () => 0) {
      const { moment, choices, continues } = climber.run;
      if (moment === 'rest') climber.run = await call<RunView>('arcade.rest', at());
      else if (moment === 'continue')
        climber.run = await call<RunView>('arcade.payContinue', { ...at(), with: wayToPay(continues) });
      else {
        const choice = choices[pick(choices.length)]?.id;
        climber.run = await call<RunView>('arcade.choose', { ...at(), choice });
      }
    },
    async goOn() {
      while (!['fight', 'ending', 'over'].includes(climber.run.moment)) await climber.step();
    },
    open: () => call<FightView>('arcade.fight', at()),
    async fight(how = 'win') {
      const view = await climber.open();
      const began = performance.now();
      const played = PLAY[how](view);
      await delay(Math.max(0, (played.told.frames / 60) * 1_000 - (performance.now() - began)));
      const inputs = Buffer.from(played.inputs).toString('base64');
      const { ruling, run } = await call<Reported>('arcade.report', {
        ...{ ...at(), fightId: view.fightId, inputs, told: played.told },
      });
      climber.run = run;
      return { view, played, ruling };
    },
    async giveUp() {
      const { fightId } = await climber.open();
      const { ruling, run } = await call<Reported>('arcade.report', {
        ...at(),
        fightId,
        inputs: '',
        givesUp: true,
      });
      climber.run = run;
      return ruling;
    },
  };
  const at = () => ({ runId: climber.run.runId, version: climber.run.version });
  return climber;
}

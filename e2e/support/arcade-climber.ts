import { setTimeout as delay } from 'node:timers/promises';
import { lose, type Played, win } from '../../server/arcade/testing/play';
import type { FightView, RulingView, RunView } from '../../server/arcade/views';
import type { ScriptClient } from './script-client';

/** Somebody who climbs a ladder over tRPC, knowing no more than the pages do. */
export interface Climber {
  run: RunView;
  /** Chooses, rests or pays until there is a fight, or it is over. */
  goOn(pick?: (choices: number) => number): Promise<void>;
  open(): Promise<FightView>;
  /** Plays in the time that it takes, and tells it. @throws where the run asks for no fight */
  fight(
    how?: 'win' | 'lose',
  ): Promise<{ readonly view: FightView; readonly played: Played; readonly ruling: RulingView }>;
  /** Gives a fight up at once. */
  giveUp(): Promise<RulingView>;
}

interface Reported {
  readonly ruling: RulingView;
  readonly run: RunView;
}

/** Begins a ladder, or goes on with the run that there is. @param call how procedures are asked: a proof asks again */
export async function climb(
  client: ScriptClient,
  ladder: string,
  call: <T>(path: string, input: object) => Promise<T> = (path, input) => client.mutate(path, input),
): Promise<Climber> {
  const climber: Climber = {
    run: await call<RunView>('arcade.start', { ladder }),
    async goOn(pick = () => 0) {
      while (!['fight', 'ending', 'over'].includes(climber.run.moment)) {
        const { moment, choices } = climber.run;
        if (moment === 'rest') climber.run = await call<RunView>('arcade.rest', at());
        else if (moment === 'continue')
          climber.run = await call<RunView>('arcade.payContinue', { ...at(), with: 'coin' });
        else {
          const choice = choices[pick(choices.length)]?.id;
          climber.run = await call<RunView>('arcade.choose', { ...at(), choice });
        }
      }
    },
    open: () => call<FightView>('arcade.fight', at()),
    async fight(how = 'win') {
      const view = await climber.open();
      const began = performance.now();
      const played = how === 'win' ? win(view) : lose(view);
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

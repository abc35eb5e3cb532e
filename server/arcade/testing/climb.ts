import type { Arcade } from '../arcade';
import type { Climber } from '../context';
import type { FightView, RunView } from '../views';
import type { House } from './house';
import { lose, type Played, win } from './play';

/** Somebody on a ladder, as the pages drive it: the last view says the version of the next step. */
export interface Ascent {
  readonly climber: Climber;
  run: RunView;
  readonly at: { readonly runId: string; readonly version: number };
  /** Has the fight handed out, and lets the time pass that so many frames take. */
  open(arcade?: Arcade): Promise<FightView>;
  /** Fights to an end, and tells it. */
  fight(
    how: 'win' | 'lose',
    arcade?: Arcade,
  ): Promise<{ readonly view: FightView; readonly played: Played; readonly ruling: Ruling }>;
  choose(choice: string): Promise<void>;
  rest(): Promise<void>;
  /** What the page sends at the end of a fight. */
  report(
    view: FightView,
    played: Played,
    more?: { readonly givesUp?: boolean },
    arcade?: Arcade,
  ): Promise<Ruling>;
}

type Ruling = Awaited<ReturnType<Arcade['report']>>['ruling'];

/** So long do these frames take. */
const msOf = (played: Played): number => (played.inputs.length / 2) * (1_000 / 60);

/** Begins to climb a ladder as somebody new. */
export async function ascend(house: House, ladder: string, language?: 'en' | 'ko'): Promise<Ascent> {
  const climber = await house.somebody(language);
  return ascentOf(house, climber, await house.arcade.start(climber, ladder));
}

/** Somebody's run as another device finds it. */
export function ascentOf(house: House, climber: Climber, begun: RunView): Ascent {
  const ascent: Ascent = {
    climber,
    run: begun,
    get at() {
      return { runId: ascent.run.runId, version: ascent.run.version };
    },
    open: (arcade = house.arcade) => arcade.fight(climber, ascent.at, 'Climber'),
    async fight(how, arcade = house.arcade) {
      const view = await ascent.open(arcade);
      const played = how === 'win' ? win(view) : lose(view);
      house.clock.pass(msOf(played));
      return { view, played, ruling: await ascent.report(view, played, {}, arcade) };
    },
    async report({ fightId }, { inputs, told }, more = {}, arcade = house.arcade) {
      const answer = await arcade.report(climber, { ...ascent.at, fightId, inputs, told, ...more });
      ascent.run = answer.run;
      return answer.ruling;
    },
    async choose(choice) {
      ascent.run = await house.arcade.choose(climber, { ...ascent.at, choice });
    },
    async rest() {
      ascent.run = await house.arcade.rest(climber, ascent.at);
    },
  };
  return ascent;
}

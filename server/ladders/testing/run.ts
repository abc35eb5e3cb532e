import { randomBelow, seedRng } from '../../../engine/bots/rng';
import type { LineMoment, Storylet } from '../../../proto/scenario-steps';
import { type Climb, isAgain, type Stand, stepAt, type Way, waysFrom } from './climb';
import { fittingLines, pickLine } from './speech';

/** Something that is said, or could have been. */
export interface Told {
  readonly moment: LineMoment;
  readonly at: string;
  readonly choice?: string;
  /** Fights begun so far, repeats among them. */
  readonly fights: number;
  /** Every line that fits; the one that is said is none of those before. */
  readonly fitting: readonly Storylet[];
  readonly line: Storylet | undefined;
}

const MOST_FIGHTS = 40;
const STEP_MOMENT = { fight: 'before_fight', rest: 'rest', scene: 'arrive', map: 'arrive' } as const;

/** One run from the first step to an ending, with luck and choices by the seed: a few win everything, a few next to nothing. */
export function runOnce(climb: Climb, seed: number): readonly Told[] {
  const words = new Int32Array(1);
  seedRng(words, 0, seed);
  const below = (bound: number) => randomBelow(words, 0, bound);
  const winsOfTen = 1 + below(9);
  const said = new Set<string>();
  const told: Told[] = [];
  let fights = 0;
  let losses = 0;

  const say = (moment: LineMoment, stand: Stand, choice?: string) => {
    const stamina = below(2) === 0 ? 100 : 40;
    const occasion = { moment, losses, stamina, ...(choice !== undefined && { choice }) };
    const fitting = fittingLines(climb, stand, occasion);
    const line = pickLine(fitting, said, below(1000) / 1000);
    if (line) said.add(line.id);
    told.push({ moment, at: stand.at, fights, fitting, line, ...(choice !== undefined && { choice }) });
  };
  const choose = (stand: Stand): Way => {
    const ways = waysFrom(climb, stand, 10 + 40 * below(3));
    if (stepAt(climb, stand.at).kind !== 'fight') return pick(ways, below(ways.length));
    const won = fights >= MOST_FIGHTS || below(10) < winsOfTen;
    return pick(ways, won ? 0 : 1);
  };

  let stand = climb.first;
  for (;;) {
    const step = stepAt(climb, stand.at);
    if (step.kind === 'fight') fights += 1;
    say(STEP_MOMENT[step.kind], stand);
    const way = choose(stand);
    if (way.via === 'lost') losses += 1;
    if (step.kind === 'fight') say(way.via === 'won' ? 'after_win' : 'after_loss', way.after);
    else if (step.kind !== 'rest') say('choice', way.after, way.via);
    if ('ending' in way.to) {
      say('ending', way.after);
      return told;
    }
    if (isAgain(way)) say('continue', way.after);
    stand = way.to.stand;
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error('there is no way on');
  return found;
}

import { randomBelow, seedRng } from '../../../engine/bots/rng';
import { itemMeta } from '../../../proto/scenario-steps';
import { type Climb, isAgain, openChoices, type Stand, stepAt, termsOf, type Way, waysFrom } from './climb';
import { fittingLines } from './speech';

/**
 * What is met on a road that goes on by a seed: fights with their terms and what is worn in them, choices, lines, the ending.
 * Two roads by the same seed decide alike as long as they are alike.
 */
export function metLater(climb: Climb, way: Way, seed: number): string {
  const words = new Int32Array(1);
  seedRng(words, 0, seed);
  const met: unknown[] = [];
  let { to } = way;
  while ('stand' in to) {
    const { stand } = to;
    met.push(lookOf(climb, stand));
    const ways = waysFrom(climb, stand).filter((one) => !isAgain(one));
    const next = ways[randomBelow(words, 0, ways.length)];
    if (!next) throw new Error(`there is no way on from ${stand.at}`);
    to = next.to;
  }
  return JSON.stringify([met, to]);
}

function lookOf(climb: Climb, stand: Stand): unknown {
  const step = stepAt(climb, stand.at);
  const lines = fittingLines(climb, stand, { moment: 'any', losses: 9 }).map(({ id }) => id);
  if (step.kind !== 'fight') return [stand.at, openChoices(step, stand).map(({ id }) => id), lines];
  return [stand.at, termsOf(step, stand), wornBy(climb, stand), lines];
}

/** Items that count in a fight, and those that look like something. */
function wornBy({ scenario }: Climb, stand: Stand): readonly string[] {
  return scenario.items.flatMap(({ scenario_item_id, meta }) =>
    stand.items.has(scenario_item_id) && itemMeta.parse(meta).kind !== 'token' ? [scenario_item_id] : [],
  );
}

import { describe, expect, it } from 'vitest';
import bawi from './bawi.json';
import garam from './garam.json';
import { readClimb, stepAt, termsOf } from './testing/climb';
import { metLater } from './testing/later';
import { type Node, walk } from './testing/roads';

const LADDERS = [
  ['Garam', readClimb(garam), 'bawi'],
  ['Bawi', readClimb(bawi), 'garam'],
] as const;

/** At most so many stands are tried for each pair of choices, and so many roads from each. */
const STANDS = 12;
const ROADS = 4;

describe.each(LADDERS)('every road of the ladder of %s', (_, climb, rival) => {
  const nodes = walk(climb);
  const first = nodes.at(-1);
  const ways = nodes.flatMap((node) => node.ways.map(({ way }) => way));

  const effects = climb.scenario.sequences.flatMap(({ metadata }) => {
    const step = metadata?.step;
    if (!step) return [];
    if ('choices' in step) return step.choices.flatMap((choice) => choice.effects);
    return step.kind === 'fight' ? [...step.won, ...step.lost] : step.effects;
  });
  const timesSet = (flag: string) => effects.filter((one) => 'flag' in one && one.flag === flag).length;

  it('ends in one of its endings, and all of it can be reached', () => {
    expect(first?.stand.at).toBe(climb.ladder.first);
    // A road that leads nowhere has no ways on, and so would make less than one.
    for (const { roads } of nodes) expect(roads).toBeGreaterThan(0n);
    expect(first?.roads).toBeGreaterThan(1_000_000n);
    expect(new Set(nodes.map(({ stand }) => stand.at))).toEqual(
      new Set(climb.scenario.sequences.map(({ id }) => id)),
    );
    const endings = new Set(ways.flatMap(({ to }) => ('ending' in to ? to.ending : [])));
    expect(endings).toEqual(new Set(climb.ladder.endings.map(({ id }) => id)));
  });

  it('has eight fights at least', () => {
    const [fewest = 0, most = 0] = first?.fights ?? [];
    expect(fewest).toBeGreaterThanOrEqual(8);
    expect(most).toBeLessThanOrEqual(12);
  });

  it('meets nobody again who was beaten', () => {
    const later = new Map<Node, ReadonlySet<string>>();
    for (const node of nodes) {
      const step = stepAt(climb, node.stand.at);
      const met = new Set(node.ways.flatMap(({ next }) => [...((next && later.get(next)) ?? [])]));
      if (step.kind === 'fight') {
        const { opponent } = termsOf(step, node.stand);
        const won = node.ways.find(({ way }) => way.via === 'won')?.next;
        expect((won && later.get(won)) ?? new Set()).not.toContain(opponent);
        met.add(opponent);
      }
      later.set(node, met);
    }
  });

  it('can end with the rival as a friend or as a foe, which opens one ending and closes another', () => {
    const last = nodes.filter(({ ways }) => ways.some(({ way }) => 'ending' in way.to));
    const open = (least: number, most: number) =>
      new Set(
        last
          .filter(
            ({ stand }) =>
              (stand.affinities[rival] ?? -1) >= least && (stand.affinities[rival] ?? -1) <= most,
          )
          .flatMap((node) => node.ways.flatMap(({ way }) => ('ending' in way.to ? way.to.ending : []))),
      );
    const [friend, foe] = [open(60, 100), open(0, 35)];
    expect(friend.size).toBeGreaterThan(1);
    expect(foe.size).toBeGreaterThan(1);
    expect([...friend].some((ending) => !foe.has(ending))).toBe(true);
    expect([...foe].some((ending) => !friend.has(ending))).toBe(true);
  });

  it('shows later on which choice was taken, for every two that were open', () => {
    const tried = new Map<string, number>();
    for (const { stand, ways } of nodes) {
      if (!('choices' in stepAt(climb, stand.at))) continue;
      for (const [index, { way: one }] of ways.entries())
        for (const { way: other } of ways.slice(index + 1)) {
          const pair = `${one.via} or ${other.via} in ${stand.at}`;
          const times = tried.get(pair) ?? 0;
          if (times >= STANDS) continue;
          tried.set(pair, times + 1);
          const seeds = Array.from({ length: ROADS }, (_, seed) => seed + 1);
          const differs = seeds.some((seed) => metLater(climb, one, seed) !== metLater(climb, other, seed));
          expect(differs, `${pair} makes no difference`).toBe(true);
        }
    }
    expect(tried.size).toBeGreaterThan(40);
  });

  it('remembers nothing that is never asked for', () => {
    const text = JSON.stringify(climb.scenario);
    for (const flag of new Set(ways.flatMap(({ after }) => [...after.flags]))) {
      const times = [...text.matchAll(new RegExp(`"(?:flag|noFlag)":"${flag}"`, 'g'))].length;
      expect(times, flag).toBeGreaterThan(timesSet(flag));
    }
  });

  it('can earn every item', () => {
    const earned = new Set(ways.flatMap(({ after }) => [...after.items]));
    expect(earned).toEqual(new Set(climb.scenario.items.map(({ scenario_item_id }) => scenario_item_id)));
  });

  it('may lose the coach, who comes back before the end', () => {
    expect(ways.some(({ after }) => after.departed.has('baek'))).toBe(true);
    for (const { after, to } of ways) if ('ending' in to) expect(after.departed).not.toContain('baek');
  });
});

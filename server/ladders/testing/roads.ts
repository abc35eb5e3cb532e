import { type Climb, isAgain, type Stand, stepAt, type Way, waysFrom } from './climb';

/** A stand on some road, with everything that follows. */
export interface Node {
  readonly stand: Stand;
  readonly ways: readonly { readonly way: Way; readonly next: Node | undefined }[];
  /** Ways from here to an ending; a fight that is fought again after a continue is no way of its own. */
  readonly roads: bigint;
  /** Fights from here to an ending: fewest and most. */
  readonly fights: readonly [fewest: number, most: number];
}

/**
 * Every stand that can be reached, those that come later first. Stands that no step from there on tells apart are one,
 * which leaves every road in and makes them few enough to visit.
 */
export function walk(climb: Climb): readonly Node[] {
  const nodes = new Map<string, Node>();
  const keyOf = stateKey(climb);
  const visit = (stand: Stand): Node => {
    const key = keyOf(stand);
    const known = nodes.get(key);
    if (known) return known;
    const ways = waysFrom(climb, stand).map((way) => ({
      way,
      next: 'stand' in way.to && !isAgain(way) ? visit(way.to.stand) : undefined,
    }));
    const onward = ways.filter(({ way }) => !isAgain(way));
    const here = Number(stepAt(climb, stand.at).kind === 'fight');
    const node: Node = {
      stand,
      ways,
      roads: onward.reduce((sum, { next }) => sum + (next?.roads ?? 1n), 0n),
      fights: [
        here + Math.min(...onward.map(({ next }) => next?.fights[0] ?? 0)),
        here + Math.max(...onward.map(({ next }) => next?.fights[1] ?? 0)),
      ],
    };
    nodes.set(key, node);
    return node;
  };
  visit(climb.first);
  return [...nodes.values()];
}

/** Tells stands apart by what the steps from there on ask for. */
function stateKey(climb: Climb): (stand: Stand) => string {
  const asked = askedFrom(climb);
  return ({ at, flags, affinities }) => {
    const live = asked.get(at) ?? new Set();
    const shown = [...[...flags].sort(), ...Object.entries(affinities).flat()];
    return [
      at,
      ...shown.filter((one, index) => live.has(String(typeof one === 'number' ? shown[index - 1] : one))),
    ].join(' ');
  };
}

/** By sequence: flags and people that its step asks for, or one that can be reached from it. */
function askedFrom({ scenario }: Climb): ReadonlyMap<string, ReadonlySet<string>> {
  const named = (step: unknown, keys: string) =>
    [...JSON.stringify(step).matchAll(new RegExp(`"(?:${keys})":"([^"]+)"`, 'g'))].map(([, id = '']) => id);
  const own = new Map(
    scenario.sequences.map(({ id, metadata }) => [
      id,
      { asks: named(metadata?.step, 'flag|noFlag|affinity'), to: named(metadata?.step, 'to') },
    ]),
  );
  const reach = (id: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (!seen.has(id)) {
      seen.add(id);
      for (const next of own.get(id)?.to ?? []) reach(next, seen);
    }
    return seen;
  };
  return new Map(
    scenario.sequences.map(({ id }) => [
      id,
      new Set([...reach(id)].flatMap((one) => own.get(one)?.asks ?? [])),
    ]),
  );
}

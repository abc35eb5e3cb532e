import { setTimeout as delay } from 'node:timers/promises';
import { seededFraction } from '../../../engine/rollback/testing/random';
import { brokenPaths } from './aftermath';
import type { NodesArcade } from './nodes';
import { Pair, STAGES } from './pair';

/** What befalls an arcade of several nodes. */
const BLOWS = ['kill', 'stop', 'redis'] as const;

/**
 * Pairs at nodes of an arcade, each at some stage of a match, when something befalls it; then they all go on to the end.
 * @returns what should not be
 */
export async function upheaval(
  arcade: NodesArcade,
  { seed, pairs: count }: { readonly seed: number; readonly pairs: number },
): Promise<string[]> {
  const random = seededFraction(seed);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[Math.floor(random() * from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  const plans = Array.from({ length: count }, (_, n) => ({
    name: `S${seed}-${n}`,
    at: [pick(arcade.nodes), pick(arcade.nodes)] as const,
    stage: pick(STAGES.slice(1, -1)),
  }));
  const blow = pick(BLOWS);
  const struck = pick(arcade.nodes);
  const wait = Math.floor(random() * 400);

  const findings: string[] = [];
  const pairs = await Promise.all(plans.map(({ name, at }) => Pair.meet(arcade, name, at)));
  await Promise.all(pairs.map((pair, n) => pair.advance(plans[n]?.stage ?? 'requested')));
  await delay(wait);
  if (blow === 'redis') {
    await arcade.redis.kill();
    await delay(4_000);
    await arcade.redis.start();
  } else await struck[blow]();
  const results = await Promise.allSettled(
    pairs.map(async (pair) => {
      await pair.comeBack();
      await pair.advance('ended');
    }),
  );
  for (const [n, result] of results.entries())
    if (result.status === 'rejected')
      findings.push(`${plans[n]?.name} ${plans[n]?.stage} after ${blow}: ${String(result.reason)}`);
  if (!struck.isUp) await struck.start();

  const ids = pairs.map(({ sessionId }) => sessionId);
  const open = await arcade.db.matchSession.findMany({ where: { id: { in: ids }, endedAt: null } });
  findings.push(...open.map(({ id, status }) => `${id} is still ${status}`));
  findings.push(...(await brokenPaths(arcade)).map((path) => `no path: ${path}`));
  return findings.map((finding) => `seed ${seed}: ${finding}`);
}

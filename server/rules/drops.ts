/**
 * How many of an enemy's declared drops a win brings, by the health that the winner has left. A close fight brings one,
 * a clear one more: so it is worth fighting well, and never a matter of luck whether there is anything.
 */
export const DROP_TABLE: readonly { readonly leastPercent: number; readonly drops: number }[] = [
  { leastPercent: 80, drops: 3 },
  { leastPercent: 40, drops: 2 },
  { leastPercent: 0, drops: 1 },
];

/** A uint32 that each bit of both numbers turns (MurmurHash3's finalizer, Austin Appleby, public domain). */
function mix(seed: number, number: number): number {
  let h = (seed ^ Math.imul(number, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * What a win drops: of the declared ones as many as the table says, chosen by the fight's seed alone, in the order in which
 * they were declared. The same fight always drops the same.
 * @param declared rule ids; one that stands there twice may drop twice
 * @param healthPercent of the winner at the end, 0 to 100
 */
export function chooseDrops(seed: number, declared: readonly number[], healthPercent: number): number[] {
  const many = DROP_TABLE.find(({ leastPercent }) => healthPercent >= leastPercent)?.drops ?? 0;
  return declared
    .map((id, index) => ({ id, index, luck: mix(mix(seed, id), index) }))
    .sort((one, other) => one.luck - other.luck || one.index - other.index)
    .slice(0, many)
    .sort((one, other) => one.index - other.index)
    .map(({ id }) => id);
}

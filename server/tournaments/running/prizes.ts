/**
 * What each gets. People who share a place put together what their places get and share it, rounded down; who was
 * disqualified gets nothing, and nobody gets it instead.
 * @param prizes coins by place, first place first
 */
export function shareOut(
  prizes: readonly number[],
  places: ReadonlyMap<string, number>,
  without: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const place of new Set(places.values())) {
    const people = [...places].filter(([, theirs]) => theirs === place).map(([userId]) => userId);
    const together = people.reduce((sum, _, index) => sum + (prizes[place - 1 + index] ?? 0), 0);
    const share = Math.floor(together / people.length);
    for (const userId of people) if (share > 0 && !without.has(userId)) shares.set(userId, share);
  }
  return shares;
}

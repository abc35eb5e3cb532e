/** At most so many at once. */
const SIDE_BY_SIDE = 8;

/** Does a task for each item, some at once, in their order. @throws what a task threw first, when none runs any more */
export async function sideBySide<Item>(
  items: readonly Item[],
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const work = async () => {
    for (const item of left) await task(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

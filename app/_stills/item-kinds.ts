/** What an item of a ladder does; its tile has a shape of its own, so that nothing hangs on colour alone. */
export const ITEM_KINDS = ['boost', 'costume', 'token'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

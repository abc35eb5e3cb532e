/** What a fighter can wear or carry beside their own clothes. */
export const ITEM_LOOKS = [
  'sash',
  'straw-hat',
  'ink-brush',
  'stone-ring',
  'paper-charm',
  'iron-clogs',
  'gold-ribbon',
  'none',
] as const;

export type ItemLook = (typeof ITEM_LOOKS)[number];

/** Nothing worn. */
export const NOTHING: readonly ItemLook[] = [];

/** When it is drawn: before the figure, over legs and trunk but under the near arm, or over all of it. */
export type Layer = 'behind' | 'body' | 'over';

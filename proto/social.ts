/** How one player may stand to another: a favourite stands first, a mute takes the words, a block everything. */
export const RELATION_KINDS = ['favourite', 'block', 'mute'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** Most people that one player has a word on, of each kind. */
export const MAX_RELATIONS = 500;

/** What is said instead of a chat: every client has words for these in its own language. */
export const PHRASES = [
  'hello',
  'good_luck',
  'good_game',
  'well_played',
  'one_more',
  'thanks',
  'sorry',
  'moment',
] as const;
export type Phrase = (typeof PHRASES)[number];

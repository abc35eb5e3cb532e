import * as z from 'zod/mini';

/**
 * What our ladders add to a scenario: what a player does in a sequence, what follows from it, and the lines that may be
 * said (storylets: content, prerequisites, effects; after Kreminski & Wardrip-Fruin, "Sketching a Map of the Storylets
 * Design Space", 2018).
 */

const id = z.string().check(z.minLength(1), z.maxLength(100));
const change = z.int().check(z.minimum(-100), z.maximum(100));
const share = z.int().check(z.minimum(0), z.maximum(100));

/** A text in each language of the arcade. */
export const words = z.object({
  en: z.string().check(z.minLength(1), z.maxLength(600)),
  ko: z.string().check(z.minLength(1), z.maxLength(600)),
});
export type Words = z.infer<typeof words>;

/** Something that has to hold; a list of them holds when all do. */
export const condition = z.union([
  z.strictObject({ flag: id }),
  z.strictObject({ noFlag: id }),
  /** The affinity of somebody (scenario id) towards the player, 0 to 100, both ends included. */
  z.strictObject({ affinity: id, least: z.optional(share), most: z.optional(share) }),
  /** An item (scenario id) is owned. */
  z.strictObject({ has: id }),
  /** How the last fight ended. */
  z.strictObject({ result: z.enum(['won', 'lost']) }),
  /** Stamina of the player over the ladder, 0 to 100. */
  z.strictObject({ stamina: z.strictObject({ least: z.optional(share), most: z.optional(share) }) }),
  /** So many fights of this run were lost, counted with repeats. */
  z.strictObject({ losses: z.strictObject({ least: z.optional(share), most: z.optional(share) }) }),
  /** Health that was left at the end of the last fight, percent. */
  z.strictObject({ healthLeft: z.strictObject({ least: z.optional(share), most: z.optional(share) }) }),
]);
export type Condition = z.infer<typeof condition>;
const conditions = z._default(z.array(condition).check(z.maxLength(8)), []);

/** Something that changes. */
export const effect = z.union([
  z.strictObject({ flag: id }),
  z.strictObject({ affinity: id, change }),
  z.strictObject({ item: id, quantity: z.int().check(z.minimum(-9), z.maximum(9)) }),
  z.strictObject({ stamina: change }),
  z.strictObject({ nerve: change }),
  /** Somebody leaves the story, or comes back. */
  z.strictObject({ departs: id }),
  z.strictObject({ returns: id }),
]);
export type Effect = z.infer<typeof effect>;
const effects = z._default(z.array(effect).check(z.maxLength(8)), []);

/** Bounded changes of a fight's numbers: engine/fighter/handicap.ts, which also has the bounds. */
export const handicap = z.strictObject({
  healthPercent: z.optional(z.int()),
  startHealthPercent: z.optional(z.int()),
  powerPercent: z.optional(z.int()),
  armourPercent: z.optional(z.int()),
  gaugeStart: z.optional(z.int()),
  gaugePercent: z.optional(z.int()),
  speedPercent: z.optional(z.int()),
});

/** `meta` of an item of a ladder. */
export const itemMeta = z.object({
  name: words,
  text: words,
  /** boost: works in every fight while owned; costume: looks like something, and may also work; token: pays a continue. */
  kind: z.enum(['boost', 'costume', 'token']),
  handicap: z.optional(handicap),
  /** What it looks like on the fighter. */
  look: z.optional(id),
});

/** `metadata` of an npc or an enemy of a ladder. */
export const personMeta = z.object({
  name: words,
  /** How a picture draws it. */
  look: z.optional(id),
});

/** Where it goes on: another sequence, or an ending. */
const next = z.object({
  if: conditions,
  to: z.optional(id),
  ending: z.optional(id),
});

const pictured = {
  title: words,
  /** Which still shows it. */
  still: z.optional(id),
  text: z.optional(words),
};

/** What can differ between two courses of the story. */
const fightTerms = {
  /** 0 to 100: how good the opponent is. The director may move it within `sway`. */
  level: z.int().check(z.minimum(0), z.maximum(100)),
  manner: z.optional(z.enum(['rushdown', 'zoner', 'balanced'])),
  playerHandicap: z.optional(handicap),
  opponentHandicap: z.optional(handicap),
};

export const fightStep = z.object({
  kind: z.literal('fight'),
  ...pictured,
  /** Scenario id of the enemy. */
  opponent: id,
  /** Rounds that have to be won: 1 or 2. */
  winsNeeded: z._default(z.int().check(z.minimum(1), z.maximum(2)), 2),
  ...fightTerms,
  /** How far the director may move the level, either way. */
  sway: z._default(z.int().check(z.minimum(0), z.maximum(100)), 15),
  /** The first whose conditions hold replaces what it names: this is how choices change fights. */
  variants: z._default(
    z
      .array(
        z.object({
          if: conditions,
          level: z.optional(share),
          manner: fightTerms.manner,
          playerHandicap: fightTerms.playerHandicap,
          opponentHandicap: fightTerms.opponentHandicap,
          /** Somebody else is met. */
          opponent: z.optional(id),
        }),
      )
      .check(z.maxLength(8)),
    [],
  ),
  won: effects,
  lost: effects,
  next: z.array(next).check(z.minLength(1), z.maxLength(8)),
});

const choice = z.object({
  id,
  label: words,
  /** What is said in answer, and what pictures show. */
  tone: z.enum(['talk', 'negotiate', 'threaten', 'move', 'inspect', 'prepare']),
  if: conditions,
  effects,
  next: z.array(next).check(z.maxLength(8)),
});
export type StepChoice = z.infer<typeof choice>;

/** A scene or a map: one of its choices has to be taken. */
export const sceneStep = z.object({
  kind: z.enum(['scene', 'map']),
  ...pictured,
  /** Who is there; the one who answers. */
  speaker: z.optional(id),
  choices: z.array(choice).check(z.minLength(1), z.maxLength(6)),
  next: z._default(z.array(next).check(z.maxLength(8)), []),
});

export const restStep = z.object({
  kind: z.literal('rest'),
  ...pictured,
  /** Stamina that comes back. */
  heals: z._default(share, 20),
  effects,
  next: z.array(next).check(z.minLength(1), z.maxLength(8)),
});

export const step = z.discriminatedUnion('kind', [fightStep, sceneStep, restStep]);
export type Step = z.infer<typeof step>;
export type FightStep = z.infer<typeof fightStep>;
export type SceneStep = z.infer<typeof sceneStep>;

/** Moments at which something may be said. */
export const LINE_MOMENTS = [
  'arrive',
  'before_fight',
  'after_win',
  'after_loss',
  'choice',
  'rest',
  'continue',
  'ending',
] as const;
export type LineMoment = (typeof LINE_MOMENTS)[number];

/** A line that may be said. */
export const storylet = z.object({
  id,
  moment: z.enum(LINE_MOMENTS),
  /** Who says it: an npc, an enemy, or `announcer`. */
  speaker: id,
  /** In these sequences only. */
  where: z.optional(z.array(id).check(z.maxLength(40))),
  /** After this choice only. */
  choice: z.optional(id),
  if: conditions,
  effects,
  text: words,
});
export type Storylet = z.infer<typeof storylet>;

const ending = z.object({ id, title: words, text: words, still: z.optional(id) });

/** What makes a scenario a ladder. */
export const ladder = z.object({
  /** The character that climbs it. */
  character: z.int().check(z.minimum(1), z.maximum(9999)),
  /** The sequence that it begins with. */
  first: id,
  title: words,
  text: words,
  endings: z.array(ending).check(z.minLength(1), z.maxLength(8)),
  lines: z._default(z.array(storylet).check(z.maxLength(400)), []),
  /** Continues that a run begins with. */
  continues: z._default(z.int().check(z.minimum(0), z.maximum(9)), 2),
});
export type Ladder = z.infer<typeof ladder>;

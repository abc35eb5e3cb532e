import { z } from 'zod';
import { HANDICAP_NAMES } from '../../engine/fighter/handicap';

/** What the pages of arcade mode are told, and what they may send. */

export const wordsView = z.object({ en: z.string(), ko: z.string() });

/** Somebody of the story. */
const personView = z.object({ id: z.string(), name: wordsView, look: z.string().nullable() });
export type PersonView = z.infer<typeof personView>;

/** A line on the screen. */
export const lineView = z.object({
  speaker: personView,
  /** In the language that was asked for. */
  text: z.string(),
  /** Of the storylet; null for what a model wrote. */
  lineId: z.string().nullable(),
  /** A model may still replace it: ask `arcade.line` once. */
  isPending: z.boolean(),
});
export type LineView = z.infer<typeof lineView>;

const itemView = z.object({
  id: z.string(),
  name: wordsView,
  text: wordsView,
  kind: z.enum(['boost', 'costume', 'token']),
  look: z.string().nullable(),
  quantity: z.number(),
});
export type ItemView = z.infer<typeof itemView>;

/** A rival or a friend, and what he thinks of the player. */
const bondView = personView.extend({ affinity: z.number(), isDeparted: z.boolean() });

/** A step of the act that the map shows. */
const nodeView = z.object({
  id: z.string(),
  title: wordsView,
  kind: z.enum(['fight', 'scene', 'map', 'rest']),
  state: z.enum(['done', 'here', 'open', 'closed']),
});

const choiceView = z.object({
  id: z.string(),
  label: wordsView,
  tone: z.enum(['talk', 'negotiate', 'threaten', 'move', 'inspect', 'prepare']),
  /** Where it leads, for a map. */
  to: z.string().nullable(),
});

/** Ways to pay for another try. */
const continueView = z.object({
  left: z.number(),
  tokens: z.number(),
  coins: z.number(),
  /** Coins that one try costs. */
  price: z.number(),
});

const endingView = z.object({
  id: z.string(),
  title: wordsView,
  text: wordsView,
  still: z.string().nullable(),
});

/** A run as it stands. */
export const runView = z.object({
  runId: z.string(),
  ladder: z.object({ key: z.string(), title: wordsView, character: z.number() }),
  status: z.enum(['active', 'paused', 'ended']),
  /** Raised with each step; what acts says which one it has seen. */
  version: z.number(),
  act: z.object({ number: z.number(), of: z.number(), name: wordsView, nodes: z.array(nodeView) }),
  /** What the player does next. */
  moment: z.enum(['fight', 'scene', 'map', 'rest', 'continue', 'ending', 'over']),
  sequenceId: z.string(),
  title: wordsView,
  text: wordsView.nullable(),
  still: z.string().nullable(),
  goal: z.string().nullable(),
  /** What is said, in order: the answer to a choice or the end of a fight, then who meets the player here. */
  lines: z.array(lineView),
  choices: z.array(choiceView),
  opponent: personView
    .extend({ character: z.number(), winsNeeded: z.number(), level: z.number() })
    .nullable(),
  continues: continueView,
  ending: endingView.nullable(),
  stamina: z.number(),
  nerve: z.number(),
  score: z.number(),
  items: z.array(itemView),
  bonds: z.array(bondView),
});
export type RunView = z.infer<typeof runView>;

const handicapView = z.partialRecord(z.enum(HANDICAP_NAMES), z.number());

/** Everything that a browser needs to fight: the same numbers give the same fight on the server. */
export const fightView = z.object({
  fightId: z.string(),
  seed: z.number(),
  characters: z.tuple([z.number(), z.number()]),
  winsNeeded: z.union([z.literal(1), z.literal(2)]),
  handicaps: z.tuple([handicapView, handicapView]),
  opponent: z.object({
    level: z.number(),
    manner: z.enum(['rushdown', 'zoner', 'balanced']).nullable(),
    seed: z.number(),
    pace: z.number(),
  }),
  names: z.tuple([z.string(), wordsView]),
  /** Item looks that the player wears. */
  looks: z.array(z.string()),
  /** What is said the moment the fight is over, so that nothing has to be waited for. */
  lines: z.object({ before: lineView.nullable(), won: lineView.nullable(), lost: lineView.nullable() }),
});
export type FightView = z.infer<typeof fightView>;

/** How a fight was ruled. */
export const rulingView = z.object({
  winner: z.number(),
  healthLeft: z.number(),
  frames: z.number(),
  points: z.number(),
  drops: z.array(itemView),
  /** Who ruled: the Rule Engine, or the arcade itself because that was away. */
  ruledBy: z.enum(['rule engine', 'arcade']),
  /** What the browser saw was another fight than the inputs give. */
  differs: z.boolean(),
});
export type RulingView = z.infer<typeof rulingView>;

export const laddersView = z.object({
  ladders: z.array(
    z.object({
      key: z.string(),
      title: wordsView,
      text: wordsView,
      character: z.number(),
      acts: z.number(),
      /** The run that goes on, if there is one. */
      run: z
        .object({
          runId: z.string(),
          status: z.enum(['active', 'paused']),
          act: z.number(),
          title: wordsView,
          score: z.number(),
          updatedAt: z.string(),
        })
        .nullable(),
      best: z.object({ score: z.number(), ending: wordsView.nullable() }).nullable(),
    }),
  ),
});

export const scoresView = z.object({
  scores: z.array(
    z.object({
      place: z.number(),
      playerName: z.string(),
      ladder: z.string(),
      score: z.number(),
      ending: wordsView.nullable(),
      continuesUsed: z.number(),
      at: z.string(),
    }),
  ),
});

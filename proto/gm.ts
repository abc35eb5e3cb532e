import * as z from 'zod/mini';
import { LINE_MOMENTS } from './scenario-steps';

/**
 * The AI game master's wire (docs/CONTRACT.md, GM): the two calls of the public proxy, whose answers are ours, and the game turns
 * of the public GM in its later form. Every object may hold more than is named here.
 */

const text = (most: number) => z.string().check(z.maxLength(most));
const id = text(200);
const loose = z.record(z.string(), z.unknown());

/**
 * What our arcade puts into `context`; anything else is taken as it comes and only what is known is read.
 * All of it is optional, so that the State Manager's own context (session, player, npcs, …) serves too.
 */
export const directorContext = z.object({
  /** Title or id of the scenario whose lines are meant. */
  scenario: z.optional(text(200)),
  language: z.optional(z.enum(['en', 'ko'])),
  moment: z.optional(z.enum(LINE_MOMENTS)),
  sequence_id: z.optional(id),
  choice: z.optional(id),
  opponent: z.optional(id),
  flags: z.optional(z.array(id).check(z.maxLength(200))),
  affinities: z.optional(z.record(z.string(), z.number())),
  items: z.optional(z.array(id).check(z.maxLength(200))),
  departed: z.optional(z.array(id).check(z.maxLength(200))),
  stamina: z.optional(z.number()),
  losses: z.optional(z.number()),
  result: z.optional(z.enum(['won', 'lost'])),
  health_left: z.optional(z.number()),
  /** Ids of lines that were said already, oldest first. */
  said: z.optional(z.array(id).check(z.maxLength(500))),
  /** Asks again for this line: what a model has made of it meanwhile, if anything. */
  line_id: z.optional(id),
  /** Fights of this player so far, oldest first: what the director estimates skill from. */
  fights: z.optional(
    z
      .array(
        z.object({
          level: z.number(),
          won: z.boolean(),
          /** Percent of full health left of the player and of the opponent. */
          health_left: z.number(),
          opponent_health_left: z.number(),
          seconds: z.number(),
          /** Scenario id of who was fought. */
          opponent: z.optional(id),
          /** 0 to 100: how hard it was pressed at most, and on average. */
          peak: z.optional(z.number()),
          mean: z.optional(z.number()),
        }),
      )
      .check(z.maxLength(100)),
  ),
  /** What may be decided for the next fight. */
  next_fight: z.optional(
    z.object({
      level: z.number(),
      sway: z.number(),
      /** Scenario ids of those who may be met, the one that was written first. */
      opponents: z.optional(z.array(id).check(z.maxLength(20))),
    }),
  ),
  /** Seconds of fighting and of rest since the last peak. */
  seconds_since_peak: z.optional(z.number()),
});
export type DirectorContext = z.infer<typeof directorContext>;

export const narrativeRequest = z.object({
  session_id: id,
  context: z._default(loose, {}),
  /** Ours: a moment of `LINE_MOMENTS`, or `opponent` to choose whom and how hard. */
  prompt_type: z._default(text(100), 'default'),
});

const said = {
  /** The text in the language that was asked for. */
  narrative: z.string(),
  speaker: z.nullable(z.string()),
  /** Of the storylet, also where a model has varied it: what belongs into `said`. */
  line_id: z.nullable(z.string()),
  source: z.enum(['director', 'model']),
  /** A model is still at it: asking again with the same session, prompt and line gets what it wrote, if anything. */
  is_pending: z.boolean(),
};

/** What the director has decided, and why. */
export const direction = z.object({
  phase: z.enum(['build_up', 'sustain_peak', 'fade', 'relax']),
  /** 0 to 100 */
  intensity: z.int(),
  level: z.int(),
  opponent: z.optional(z.string()),
  /** 0 to 2: how the opponent paces the fight. */
  pace: z.int(),
  /** Estimated chance of the player to win at that level, percent. */
  expected_win_percent: z.int(),
  reasons: z.array(z.string()),
});
export type Direction = z.infer<typeof direction>;

export const narrativeResponse = z.object({
  session_id: z.string(),
  prompt_type: z.string(),
  ...said,
  direction: z.optional(direction),
  /** Effects that the line declares; whoever keeps the state may apply them. */
  effects: z.array(loose),
});
export type NarrativeResponse = z.infer<typeof narrativeResponse>;

export const npcResponseRequest = z.object({
  session_id: id,
  npc_id: id,
  /** What the player does or says: a tone (talk, negotiate, threaten), the id of a choice, or free text. */
  player_action: text(2_000),
  context: z._default(loose, {}),
});
export const npcResponseResponse = z.object({
  session_id: z.string(),
  npc_id: z.string(),
  response: z.string(),
  tone: z.string(),
  /** How the npc's affinity should change, -10 to 10. */
  affinity_change: z.int(),
  line_id: z.nullable(z.string()),
  source: z.enum(['director', 'model']),
  is_pending: z.boolean(),
});

export const gameTurnRequest = z.object({ session_id: id, content: text(4_000) });
export const npcTurnRequest = z.object({ session_id: id });
export const summaryRequest = z.object({ session_id: id });

export const segment = z.object({
  type: z.enum(['action', 'narration', 'dialogue']),
  role: z.string(),
  content: z.string(),
});

/** A turn in the form that the public web client reads. */
export const gameTurnResponse = z.object({
  turn_id: z.string(),
  commit_id: z.nullable(z.string()),
  active_entity_id: z.nullable(z.string()),
  active_entity_name: z.nullable(z.string()),
  is_npc_turn: z.boolean(),
  current_act_id: z.nullable(z.string()),
  current_sequence_id: z.nullable(z.string()),
  session_status: z.nullable(z.string()),
  is_session_ended: z.boolean(),
  /** The narration as one text, as the older form has it. */
  narrative: z.string(),
  segments: z.array(segment),
  transition: z.nullable(
    z.object({
      from_act_id: z.nullable(z.string()),
      from_sequence_id: z.nullable(z.string()),
      to_act_id: z.nullable(z.string()),
      to_sequence_id: z.nullable(z.string()),
      changed: z.boolean(),
    }),
  ),
  npc_turn: z.nullable(loose),
  npc_turns: z.array(loose),
});
export const summaryResponse = z.object({ session_id: z.string(), summary: z.string() });

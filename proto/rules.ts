import * as z from 'zod/mini';
import { handicap } from './scenario-steps';

/**
 * The Rule Engine's wire (docs/CONTRACT.md, RULES): `POST /validate`, `POST /calculate`, `POST /session/add`,
 * `GET /health`, with the requests as the public proxy sends them; the answers, which no public document fixes, are ours. Every object
 * may hold more than is named here.
 */

const text = (most: number) => z.string().check(z.maxLength(most));
const id = text(200);
const uint32 = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));
const characterId = z.int().check(z.minimum(1), z.maximum(9999));

/** Inputs of one fight as base64 have at most so many characters: 20,000 frames of two columns. */
const MAX_INPUT_CHARS = 120_000;

const loose = z.record(z.string(), z.unknown());

/** May this happen now? */
export const validateRequest = z.object({
  session_id: id,
  /** One of `ACTION_TYPES`, or a word of the State Manager's phases (talk, attack, heal, …). Another one is not allowed, not an error. */
  action_type: text(100),
  action_data: z._default(loose, {}),
});

export const ACTION_TYPES = [
  'fight',
  'choose',
  'rest',
  'continue',
  'use_item',
  'pause',
  'resume',
  'end',
  'scenario',
  'character',
] as const;

/** Why something is not allowed. */
export const REFUSALS = [
  'unknown_action',
  /** `action_data` is not as it has to be; `issues` says what. */
  'malformed',
  'paused',
  'ended',
  'wrong_status',
  'not_in_phase',
  'wrong_step',
  'no_such_choice',
  'conditions',
  'not_owned',
  'no_continues',
  'no_coins',
  /** A scenario or a character with faults. */
  'invalid',
] as const;

export const validateResponse = z.object({
  session_id: z.string(),
  allowed: z.boolean(),
  /** Why not; null when it is allowed. One word of a closed set, and a sentence. */
  reason: z.nullable(z.string()),
  message: z.nullable(z.string()),
  /** For scenarios and characters: everything that is wrong, with where it stands. */
  issues: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});
export type ValidateResponse = z.infer<typeof validateResponse>;

/** A fight to be ruled on; inputs are base64 of little-endian uint16. */
const fightConfig = {
  seed: uint32,
  characters: z.tuple([characterId, characterId]),
  wins_needed: z.optional(z.int().check(z.minimum(1), z.maximum(2))),
  handicaps: z.optional(z.tuple([handicap, handicap])),
};
const base64 = text(MAX_INPUT_CHARS);

/** Between two people: both columns as they were judged, or a whole replay. */
const matchResult = z.object({
  kind: z.literal('match'),
  ...fightConfig,
  /** `engineDigest` of who judged: another engine's fight can't be ruled on. */
  engine: z.optional(text(40)),
  /** Player 1 and player 2 of each frame in turn. */
  inputs: base64,
  /** What the judge said, to be compared with. */
  told: z.optional(
    z.object({
      winner: z.int().check(z.minimum(0), z.maximum(2)),
      frames: z.int().check(z.minimum(0)),
      checksum: uint32,
      reason: z.optional(text(40)),
    }),
  ),
  /** Checksums after frames, to find the first that differs. */
  checksums: z.optional(
    z.array(z.object({ frame: z.int().check(z.minimum(0)), checksum: uint32 })).check(z.maxLength(2_000)),
  ),
});

/** Against our bot, which is run again from its seed: the player is player 1, only his column is given. */
const arcadeResult = z.object({
  kind: z.literal('arcade'),
  ...fightConfig,
  opponent: z.object({
    level: z.int().check(z.minimum(0), z.maximum(100)),
    manner: z.optional(z.enum(['rushdown', 'zoner', 'balanced'])),
    seed: uint32,
    pace: z.int().check(z.minimum(0), z.maximum(2)),
  }),
  inputs: base64,
  /** What the player's browser saw, to be compared with. */
  told: z.optional(
    z.object({
      winner: z.int().check(z.minimum(0), z.maximum(2)),
      frames: z.int().check(z.minimum(0)),
      checksum: uint32,
    }),
  ),
  /** Rule ids that a win may drop; which of them do follows from the fight's seed. */
  drops: z.optional(z.array(z.int()).check(z.maxLength(50))),
});

/** How two moves stand against each other. */
const exchangeResult = z.object({
  kind: z.literal('exchange'),
  attacker: characterId,
  /** The move as `GET /api/characters/:id` names it. */
  move: text(60),
  defender: characterId,
  /** Whether the defender stands open or guards, at the height that the move asks for. */
  on: z._default(z.enum(['hit', 'block']), 'hit'),
  /** A move of the defender's, made as soon as he can. */
  answer: z.optional(text(60)),
});

export const actionResult = z.discriminatedUnion('kind', [matchResult, arcadeResult, exchangeResult]);
export type ActionResult = z.infer<typeof actionResult>;

export const calculateRequest = z.object({ session_id: id, action_result: actionResult });

const side = z.int().check(z.minimum(0), z.maximum(2));

const percent = z.number().check(z.minimum(0), z.maximum(100));

export const fightRuling = z.object({
  session_id: z.string(),
  kind: z.enum(['match', 'arcade']),
  /** The inputs lead to an end of the fight. */
  over: z.boolean(),
  winner: side,
  /** knockout, timeout, draw; unfinished */
  reason: z.string(),
  frames: z.int(),
  checksum: uint32,
  /** Health left at the end, points and percent of full, player 1 first. */
  health: z.array(z.object({ points: z.int(), percent: z.int() })),
  /** Those that are over; frames of fighting, health in percent, player 1 first. */
  rounds: z.array(z.object({ winner: z.int(), frames: z.int(), health: z.array(z.int()) })),
  /** Rule ids of what the winner earned. */
  drops: z.array(z.int()),
  /** null: nothing told, or all of it agrees. Else the first thing that differs, and the first frame whose checksum does where checksums were given. */
  first_difference: z.nullable(
    z.object({
      field: z.string(),
      told: z.unknown(),
      ruled: z.unknown(),
      frame: z.optional(z.int()),
    }),
  ),
  /** Counted from the inputs and what they led to: attack, skill, defend, throw. */
  actions: z.optional(z.record(z.string(), z.int())),
  /** Frames that a paced opponent spent in each phase. */
  pace: z.optional(z.record(z.string(), z.int())),
  /** How hard the player was pressed, 0 to 100: at most, and on average. */
  intensity: z.optional(z.object({ peak: percent, mean: percent })),
});
export type FightRuling = z.infer<typeof fightRuling>;

export const exchangeRuling = z.object({
  session_id: z.string(),
  kind: z.literal('exchange'),
  /** What came of it: a throw can't be guarded. */
  outcome: z.optional(z.enum(['hit', 'blocked', 'missed'])),
  /** Points of health, all touches of the move together. */
  damage: z.int(),
  /** The same by touch, in order. */
  touches: z.optional(z.array(z.int())),
  /** Frames by which the attacker may act sooner (positive) or later. */
  frame_advantage: z.int(),
  startup: z.int(),
  /** Whether the named answer touches the attacker before he may act or guard. */
  is_punished: z.optional(z.boolean()),
});
export const calculateResponse = z.union([fightRuling, exchangeRuling]);

export const sessionAddRequest = z.object({
  session_id: id,
  user_id: z.optional(z.nullable(z.union([z.string(), z.int()]))),
});
export const sessionAddResponse = z.object({
  user_id: z.nullable(z.union([z.string(), z.int()])),
  session_id: z.string(),
});

/** Both services'. */
export const healthResponse = z.object({
  status: z.enum(['healthy', 'degraded']),
  service: z.string(),
  version: z.string(),
});

import * as z from 'zod/mini';
import { ladder, step } from './scenario-steps';
import { situation } from './situation';

/**
 * A scenario as it is injected into the State Manager, exported by the editor and validated by the Rule Engine: the
 * public format (docs/CONTRACT.md, STATE), with one addition of ours, `metadata` of the whole and of a sequence.
 * Unknown fields are ignored, as in the public system. Whether references lead anywhere is `scenario-check.ts`'s question.
 */

/** Longest texts of the tables, in characters. */
export const MAX_TITLE = 200;
export const MAX_ENTITY_NAME = 100;
export const MAX_ITEM_NAME = 40;
export const MAX_SCENARIO_ID = 100;
const MAX_LOCATION = 200;
const MAX_TEXT = 4_000;
/** How much one scenario may hold. */
const MAX_PARTS = 500;
const MAX_RELATIONS = 2_000;
const MAX_META_CHARS = 16_384;

const scenarioId = z.string().check(z.minLength(1), z.maxLength(MAX_SCENARIO_ID));
const text = z.string().check(z.maxLength(MAX_TEXT));
const int32 = z.int().check(z.minimum(-2_147_483_648), z.maximum(2_147_483_647));
const ids = z._default(z.array(scenarioId).check(z.maxLength(MAX_PARTS)), []);
const parts = <T extends z.core.$ZodType>(one: T) =>
  z._default(z.array(one).check(z.maxLength(MAX_PARTS)), []);

/** Whatever somebody wants to keep with a thing, within a size. */
export const freeObject = z.record(z.string(), z.unknown()).check(
  z.refine((value) => JSON.stringify(value).length <= MAX_META_CHARS, {
    error: `at most ${MAX_META_CHARS} characters of JSON`,
  }),
);

/** Numbers and switches of somebody; names are free, HP, MP, STR, DEX, INT, LUX and SAN are known. */
const entityState = z.object({
  numeric: z._default(z.record(z.string(), z.number()), {}),
  boolean: z._default(z.record(z.string(), z.boolean()), {}),
});

const act = z.object({
  id: scenarioId,
  name: z.string().check(z.minLength(1), z.maxLength(MAX_TITLE)),
  description: z.optional(z.nullable(text)),
  exit_criteria: z.optional(z.nullable(text)),
  sequences: ids,
  metadata: z.optional(freeObject),
});

const sequence = z.object({
  id: scenarioId,
  name: z.string().check(z.minLength(1), z.maxLength(MAX_TITLE)),
  location_name: z.optional(z.nullable(z.string().check(z.maxLength(MAX_LOCATION)))),
  description: z.optional(z.nullable(text)),
  goal: z.optional(z.nullable(text)),
  exit_triggers: z._default(z.array(z.string().check(z.maxLength(MAX_SCENARIO_ID))), []),
  npcs: ids,
  enemies: ids,
  items: ids,
  /** What a player does here, where the scenario is one that can be played. */
  metadata: z.optional(z.object({ step: z.optional(step) })),
});

const tags = z._default(z.array(z.string().check(z.maxLength(MAX_SCENARIO_ID))), []);

const npc = z.object({
  scenario_npc_id: scenarioId,
  name: z.string().check(z.minLength(1), z.maxLength(MAX_ENTITY_NAME)),
  description: z._default(text, ''),
  tags,
  state: z.optional(entityState),
  rule_id: z._default(int32, 0),
  is_departed: z._default(z.boolean(), false),
  /** Ours: the name in Korean, and how a picture draws it. */
  metadata: z.optional(freeObject),
});

const enemy = z.object({
  scenario_enemy_id: scenarioId,
  name: z.string().check(z.minLength(1), z.maxLength(MAX_ENTITY_NAME)),
  description: z._default(text, ''),
  tags,
  state: z.optional(entityState),
  /** `rule_id`s of items. */
  dropped_items: z._default(z.array(int32), []),
  /** In our ladders the character's number. */
  rule_id: z._default(int32, 0),
  metadata: z.optional(freeObject),
});

const item = z.object({
  scenario_item_id: scenarioId,
  rule_id: int32,
  name: z.string().check(z.minLength(1), z.maxLength(MAX_ITEM_NAME)),
  description: z._default(text, ''),
  item_type: z._default(z.string().check(z.maxLength(MAX_SCENARIO_ID)), 'misc'),
  /** In our ladders `itemMeta` of scenario-steps.ts. */
  meta: z._default(freeObject, {}),
});

const relation = z.object({
  from_id: scenarioId,
  to_id: scenarioId,
  relation_type: z._default(z.string().check(z.minLength(1), z.maxLength(MAX_SCENARIO_ID)), 'neutral'),
  affinity: z._default(int32, 50),
  meta: z._default(freeObject, {}),
});

export const scenario = z.object({
  scenario_id: z.optional(z.nullable(z.string())),
  title: z.string().check(z.minLength(1), z.maxLength(MAX_TITLE)),
  description: z.optional(z.nullable(text)),
  acts: parts(act),
  sequences: parts(sequence),
  npcs: parts(npc),
  enemies: parts(enemy),
  items: parts(item),
  relations: z._default(z.array(relation).check(z.maxLength(MAX_RELATIONS)), []),
  /** What makes it a ladder that arcade mode can climb, or a moment that practice begins from. */
  metadata: z.optional(z.object({ ladder: z.optional(ladder), situation: z.optional(situation) })),
});

/** A scenario as it is parsed: defaults filled in. */
export type Scenario = z.infer<typeof scenario>;
/** A scenario as somebody writes it. */
export type ScenarioInput = z.input<typeof scenario>;
export type ScenarioSequence = Scenario['sequences'][number];

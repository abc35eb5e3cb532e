import { z } from 'zod';
import type { Prisma } from '../../db/generated/client';

/** Something parsed or made here as JSON that a column takes: what is undefined isn't there. */
export function toJson(value: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value));
}

const numbers = z.record(z.string(), z.number());

/** Numbers by name, as a column holds them. */
export function readNumbers(column: unknown): Record<string, number> {
  return numbers.parse(column);
}

const state = z.object({ numeric: numbers, boolean: z.record(z.string(), z.boolean()) });

/** The state of an NPC or an enemy, as its column holds it. */
export function readState(column: unknown): z.output<typeof state> {
  return state.parse(column);
}

const object = z.record(z.string(), z.unknown());

/** Free JSON of a column. */
export function readObject(column: unknown): Record<string, unknown> {
  return object.parse(column);
}

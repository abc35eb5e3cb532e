import { z } from 'zod';
import { BOT_NAMES } from '../../engine/bots/temperaments';
import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { AppError } from '../errors';

/** The most that one training may take; a learner this small has long stopped improving by then. */
const LIMITS = { steps: 2_000_000, seconds: 3600 } as const;

/** Every setting of a training, with what is allowed. */
export const trainingConfigSchema = z.object({
  /** Fighter of the learner, numbered from 1. */
  characterId: z.int().min(1).max(CHARACTERS.length),
  opponentCharacterId: z.int().min(1).max(CHARACTERS.length),
  /** Name of the scripted bot to learn against. */
  opponent: z.enum(BOT_NAMES),
  /** Step size of Adam. */
  learningRate: z.number().min(1e-6).max(0.1),
  /** Worth of a reward one decision later (gamma). */
  discount: z.number().min(0.1).max(0.9999),
  /** Decisions until the training ends. */
  maxSteps: z.int().min(1).max(LIMITS.steps),
  /** Wall-clock limit. */
  maxSeconds: z.int().min(1).max(LIMITS.seconds),
  evaluateEverySteps: z.int().min(500).max(LIMITS.steps),
  /** Same seed, same learning curve. */
  seed: z.int().min(0).max(0xffff_ffff),
});

export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

/** The settings of a training about which nothing is said. */
export const DEFAULT_CONFIG: TrainingConfig = {
  characterId: 1,
  opponentCharacterId: 1,
  opponent: 'balanced',
  learningRate: 5e-4,
  discount: 0.98,
  maxSteps: 60_000,
  maxSeconds: 600,
  evaluateEverySteps: 5000,
  seed: 1,
};

/** Ids of trainings: what may stand in an address without being escaped. */
const sessionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);

/**
 * Fills in the defaults.
 * @param given settings by name; undefined ones take their default.
 * @throws AppError BAD_REQUEST that names the first setting at fault and what it allows.
 */
export function parseTrainingConfig(given: Readonly<Record<string, unknown>>): TrainingConfig {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  const parsed = trainingConfigSchema.safeParse({ ...DEFAULT_CONFIG, ...Object.fromEntries(said) });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? 'config';
  throw new AppError('BAD_REQUEST', `${field} is ${String(given[field])}: ${issue?.message ?? 'not valid'}`, {
    detail: { field },
  });
}

/** @throws AppError BAD_REQUEST if the id has other characters than letters, digits and `._:-`, or more than 64. */
export function parseSessionId(id: string): string {
  if (sessionId.safeParse(id).success) return id;
  throw new AppError(
    'BAD_REQUEST',
    `"${id.slice(0, 80)}" is no session id: 1 to 64 letters, digits and . _ : -, the first a letter or digit`,
  );
}

import { z } from 'zod';
import { AppError } from '../errors';

/** The most that one training may take; a learner this small has long stopped improving by then. */
const LIMITS = { steps: 2_000_000, seconds: 3600 } as const;

/** Every setting of a training with what is allowed, and what it is when nothing is said. */
export const trainingConfigSchema = z.object({
  /** Fighter of the learner, numbered from 1. */
  characterId: z.int().min(1).max(1000).default(1),
  opponentCharacterId: z.int().min(1).max(1000).default(1),
  /** Name of the scripted bot to learn against. */
  opponent: z.string().min(1).max(40).default('brawler'),
  /** Step size of Adam. */
  learningRate: z.number().min(1e-6).max(0.1).default(5e-4),
  /** Worth of a reward one decision later (gamma). */
  discount: z.number().min(0.1).max(0.9999).default(0.98),
  /** Decisions until the training ends. */
  maxSteps: z.int().min(1).max(LIMITS.steps).default(60_000),
  /** Wall-clock limit. */
  maxSeconds: z.int().min(1).max(LIMITS.seconds).default(600),
  evaluateEverySteps: z.int().min(500).max(LIMITS.steps).default(5000),
  /** Same seed, same learning curve. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
});

export type TrainingConfig = z.infer<typeof trainingConfigSchema>;

/** Ids of trainings: what may stand in an address without being escaped. */
const sessionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);

/**
 * Fills in the defaults.
 * @param given settings by name; undefined ones take their default.
 * @throws AppError BAD_REQUEST that names the first setting at fault and what it allows.
 */
export function parseTrainingConfig(given: Readonly<Record<string, unknown>>): TrainingConfig {
  const parsed = trainingConfigSchema.safeParse(given);
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

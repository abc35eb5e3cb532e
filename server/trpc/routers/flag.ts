import { z } from 'zod';
import { getDb } from '../../db/client';
import { AppError } from '../../errors';
import { FLAGS, type FlagKey, isFlagKey, readFlags, setFlag } from '../../flags/flags';
import { upstreamReports } from '../../gateway/clients/reports';
import { auditFilter, auditPage, listAudit } from '../../records/audit';
import { adminProcedure, router } from '../init';

const key = z.string().refine(isFlagKey, `one of ${Object.keys(FLAGS).join(', ')}`);
const flag = z.object({
  key: z.custom<FlagKey>(),
  value: z.unknown(),
  version: z.int(),
  updatedAt: z.date().nullable(),
  updatedBy: z.string().nullable(),
});

const way = z.object({
  calls: z.int(),
  errors: z.int(),
  /** Milliseconds, of the last minute. */
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  addresses: z.int(),
  ejected: z.int(),
  active: z.int(),
  waiting: z.int(),
});
const interval = z.object({ low: z.number(), mean: z.number(), high: z.number() });
const comparison = z.object({
  service: z.string(),
  /** Percent of the people that go over gRPC; null where only one protocol is configured. */
  share: z.number().nullable(),
  version: z.int(),
  http: way.nullable(),
  grpc: way.nullable(),
  comparison: z
    .object({
      oldCalls: z.int(),
      newCalls: z.int(),
      evidence: z.number(),
      /** Evidence at which the share becomes 0. */
      enough: z.number(),
      errors: interval.nullable(),
      slow: interval.nullable(),
    })
    .nullable(),
});

export const flagRouter = router({
  /** Every switch and how it stands. */
  list: adminProcedure.output(z.array(flag)).query(async () => [...(await readFlags(getDb()))]),

  /** Sets one; who did it, and why, is written down for ever. In effect everywhere within a second. */
  set: adminProcedure
    .input(
      z.object({
        key,
        value: z.json(),
        reason: z.string().trim().min(1, 'say why').max(500),
        /** As it was seen; somebody else's change in between is not overwritten. */
        ifVersion: z.int().min(0).nullish(),
      }),
    )
    .output(z.object({ version: z.int() }))
    .mutation(async ({ ctx, input }) => {
      if (input.value === null) throw new AppError('BAD_REQUEST', `${input.key}: null is no value for it.`);
      const version = await setFlag(getDb(), {
        key: input.key,
        value: input.value,
        actorId: ctx.user.playerId,
        reason: input.reason,
        ifVersion: input.ifVersion ?? undefined,
      });
      if (version === undefined)
        throw new AppError('CONFLICT', 'Somebody else has changed it meanwhile. Look again.');
      return { version };
    }),

  /** Both protocols of each service that is elsewhere, side by side, as this process sees them; ask again to follow. */
  comparison: adminProcedure.output(z.array(comparison)).query(() =>
    upstreamReports().map(({ share, http, grpc, comparison: standing, ...report }) => ({
      ...report,
      share: share ?? null,
      http: http ?? null,
      grpc: grpc ?? null,
      comparison: standing
        ? { ...standing, errors: standing.errors ?? null, slow: standing.slow ?? null }
        : null,
    })),
  ),

  /** What people with power, and the arcade itself, have changed. */
  history: adminProcedure
    .input(auditFilter)
    .output(auditPage)
    .query(({ input }) => listAudit(getDb(), input)),
});

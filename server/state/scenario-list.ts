import type { StateContext } from './context';
import type { Page } from './limits';

/** What a scenario is for, by what it has: a ladder of arcade mode, a moment of practice, or neither. */
export type ScenarioKind = 'ladder' | 'situation' | 'plain';

export interface ScenarioEntry {
  readonly scenarioId: string;
  readonly title: string;
  readonly description: string | null;
  readonly kind: ScenarioKind;
  readonly version: number;
  readonly updatedAt: Date;
}

/** Scenarios with what they are for, those changed last first. */
export async function scenarioEntries(ctx: StateContext, { skip, limit }: Page): Promise<ScenarioEntry[]> {
  return ctx.db.$queryRaw<ScenarioEntry[]>`
    SELECT s.id::text AS "scenarioId", s.title, s.description, s.version, s."updatedAt",
      CASE
        WHEN jsonb_typeof(v.content #> '{metadata,ladder}') = 'object' THEN 'ladder'
        WHEN jsonb_typeof(v.content #> '{metadata,situation}') = 'object' THEN 'situation'
        ELSE 'plain'
      END AS kind
    FROM "Scenario" s
    JOIN "ScenarioVersion" v ON v."scenarioId" = s.id AND v.version = s.version
    ORDER BY s."updatedAt" DESC, s.id DESC
    OFFSET ${skip} LIMIT ${limit}`;
}

import { z } from 'zod';
import type { Db } from '../../db/client';
import { dumpSession } from './sessions';

const changes = z.object({
  changes: z
    .array(
      z.object({
        entity_id: z.string().optional(),
        field: z.string(),
        before: z.union([z.number(), z.string(), z.boolean()]).nullable(),
        after: z.union([z.number(), z.string(), z.boolean()]).nullable(),
      }),
    )
    .default([]),
});

/**
 * Looks whether all that is kept of a session fits together.
 * @returns what does not, in words
 */
export async function proveSession(db: Db, id: string): Promise<string[]> {
  const session = await dumpSession(db, id);
  const wrong: string[] = [];
  const check = (holds: boolean, what: string) => {
    if (!holds) wrong.push(`${id}: ${what}`);
  };
  const numbers = session.turns.map(({ number }) => number);
  check(
    numbers.length === session.turn + 1 && numbers.every((number, at) => number === at),
    `turn ${session.turn}, but rows ${numbers.join(' ')}`,
  );
  const commits = session.turns.filter(({ type }) => type === 'commit').length;
  check(commits === session.commits.length, `${commits} turns of ${session.commits.length} commits`);
  check(session.phases.at(-1)?.phase === session.phase, 'the phase is not the newest of the history');
  for (const { previous, phase } of session.phases) check(previous !== phase, `${phase} follows itself`);
  for (const [at, row] of session.phases.entries())
    check(
      (row.previous ?? undefined) === session.phases[at - 1]?.phase,
      'a phase does not follow the one before',
    );
  return wrong;
}

/**
 * What the turns of a session say that was added to somebody's HP, all together. Where nothing but commits changes HP
 * it leads from the first to the present ones.
 */
export function hpAdded(session: Awaited<ReturnType<typeof dumpSession>>, entityId: string): number {
  return session.turns
    .flatMap(({ stateChanges }) => changes.parse(stateChanges).changes)
    .filter(({ entity_id, field }) => entity_id === entityId && field === 'hp')
    .reduce((sum, { before, after }) => sum + Number(after) - Number(before), 0);
}

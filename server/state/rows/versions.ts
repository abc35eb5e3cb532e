import { LRUCache } from 'lru-cache';
import { type Scenario, scenario } from '../../../proto/scenario';
import { AppError } from '../../errors';
import type { Tx } from './tx';

/** What scenarios hold, by version. A version never changes, so nothing here grows old. */
export type VersionCache = LRUCache<string, Scenario>;

const MAX_CACHED = 64;

export function createVersionCache(): VersionCache {
  return new LRUCache({ max: MAX_CACHED });
}

/** What a version of a scenario holds. @throws {AppError} NOT_FOUND */
export async function versionContent(db: Tx, cache: VersionCache, versionId: string): Promise<Scenario> {
  const known = cache.get(versionId);
  if (known) return known;
  const row = await db.scenarioVersion.findUnique({ where: { id: versionId }, select: { content: true } });
  if (!row) throw new AppError('NOT_FOUND', `There is no version ${versionId} of a scenario.`);
  const content = scenario.parse(row.content);
  cache.set(versionId, content);
  return content;
}

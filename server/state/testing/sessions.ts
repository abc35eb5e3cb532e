import type { Db } from '../../db/client';
import type { StorySession } from '../../db/generated/client';
import type { StateManager } from '../state-manager';
import { tale } from './tale';

/** A session of a scenario made for it alone. */
export async function startSession(
  state: StateManager,
  title: string,
  userId?: string | number,
): Promise<StorySession> {
  const { id } = await state.inject(tale(title));
  return state.start({ scenarioId: id, userId });
}

/** Every row of a session, so that a test sees whether anything at all was written. */
export async function dumpSession(db: Db, id: string) {
  return db.storySession.findUniqueOrThrow({
    where: { id },
    include: {
      player: true,
      entities: { orderBy: { ordinal: 'asc' } },
      items: { orderBy: { ordinal: 'asc' } },
      relations: { orderBy: { ordinal: 'asc' } },
      turns: { orderBy: { number: 'asc' } },
      phases: { orderBy: { ordinal: 'asc' } },
      commits: { orderBy: { key: 'asc' } },
    },
  });
}

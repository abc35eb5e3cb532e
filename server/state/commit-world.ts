import type { StoryEntity, StorySession } from '../db/generated/client';
import type { PlayerNumbers } from './player-numbers';
import type { RelationText } from './rows/relations';

/** What a commit is decided on: the session as it is, and everybody whom it names. */
export interface World {
  readonly session: StorySession;
  readonly player: PlayerNumbers;
  readonly entities: readonly StoryEntity[];
  readonly items: readonly { readonly id: string; readonly scenarioItemId: string }[];
  readonly relations: readonly RelationText[];
}

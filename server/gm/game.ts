import type { Ladders } from '../ladders/ladders';
import type { Memory } from './memory';
import type { LineModel } from './model/model';
import type { LevelTable } from './skill';

/** What every route of the game master works with. */
export interface Game {
  readonly memory: Memory;
  readonly ladders: Ladders;
  readonly levels: LevelTable;
  readonly model: LineModel | undefined;
  /** Told of every line that goes out. */
  onSaid(source: 'director' | 'model'): void;
}

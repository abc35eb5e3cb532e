import type { Storylet } from '../../proto/scenario-steps';
import type { Known } from './context';
import { ANNOUNCER_LINES } from './lines';
import type { Memory } from './memory';
import { chooseLine, type Occasion } from './storylets';

/** What is to be said, and to whom. */
export interface Saying {
  readonly sessionId: string;
  readonly known: Known;
  /** Lines of the scenario, and those that stand in where none of them fits that is new. */
  readonly lines: readonly Storylet[];
  readonly others: readonly Storylet[];
  readonly occasion?: Partial<Pick<Occasion, 'speaker' | 'choice'>>;
}

/** Chooses a line; one that is asked for again is that one. */
export function sayLine(memory: Memory, saying: Saying): Storylet {
  const { sessionId, known, lines, others, occasion } = saying;
  const again = [...lines, ...others].find(({ id }) => id === known.lineId);
  if (again) return again;
  const at: Occasion = {
    sessionId,
    moment: known.moment,
    place: known.place,
    choice: known.choice,
    facts: known.facts,
    departed: known.departed,
    said: known.said ?? memory.of(sessionId).said,
    ...occasion,
  };
  const { speaker: _, ...byAnybody } = at;
  const line = chooseLine(lines, at, others) ?? chooseLine(ANNOUNCER_LINES, byAnybody);
  if (!line) throw new Error(`unreachable: the announcer has lines for ${at.moment}`);
  return line;
}

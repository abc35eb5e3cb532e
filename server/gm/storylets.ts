import { createHash } from 'node:crypto';
import { checkConditions, type StoryFacts } from '../../proto/conditions';
import type { LineMoment, Storylet } from '../../proto/scenario-steps';

/** When and where something is to be said. */
export interface Occasion {
  readonly sessionId: string;
  readonly moment: LineMoment;
  /** The sequence. */
  readonly place?: string | undefined;
  /** The choice that was taken, or the tone of what was said. */
  readonly choice?: string | undefined;
  /** Only what this one says. */
  readonly speaker?: string | undefined;
  readonly facts: StoryFacts;
  /** Who has left the story, and says nothing. */
  readonly departed: readonly string[];
  /** Ids of lines that were said, oldest first. */
  readonly said: readonly string[];
}

function fits(line: Storylet, at: Occasion): boolean {
  return (
    line.moment === at.moment &&
    (at.speaker === undefined || line.speaker === at.speaker) &&
    !at.departed.includes(line.speaker) &&
    (line.where === undefined || (at.place !== undefined && line.where.includes(at.place))) &&
    (line.choice === undefined || line.choice === at.choice) &&
    checkConditions(line.if, at.facts)
  );
}

/** How much a line asks for: its conditions, its place and its choice count one each. */
export function specificityOf(line: Storylet): number {
  return line.if.length + Number(line.where !== undefined) + Number(line.choice !== undefined);
}

/** Orders equals, differently in each session. Every implementation has to order alike: SHA-256 of both ids, a line feed between. */
const lotOf = (sessionId: string, lineId: string): string =>
  createHash('sha256').update(`${sessionId}\n${lineId}`).digest('hex');

/**
 * The line for an occasion: of those that fit and were not said yet the most specific, of equals by lot. When all were
 * said, one of those that stand in, whoever says them; when these were, too, of all the one that was said longest ago, but
 * never the one that was said last.
 * @param standIns for where `lines` has nothing new
 * @returns undefined when nothing fits, or only what was said last
 */
export function chooseLine(
  lines: readonly Storylet[],
  at: Occasion,
  standIns: readonly Storylet[] = [],
): Storylet | undefined {
  const pools = [
    lines.filter((line) => fits(line, at)),
    standIns.filter((line) => fits(line, { ...at, speaker: undefined })),
  ];
  const unsaid = pools.map((pool) => pool.filter(({ id }) => !at.said.includes(id)));
  const fresh = unsaid.find((pool) => pool.length > 0);
  if (fresh) {
    const most = Math.max(...fresh.map(specificityOf));
    return firstByLot(
      fresh.filter((line) => specificityOf(line) === most),
      at.sessionId,
    );
  }
  const just = at.said.at(-1);
  const others = pools.flat().filter(({ id }) => id !== just);
  return others.toSorted((a, b) => at.said.lastIndexOf(a.id) - at.said.lastIndexOf(b.id))[0];
}

function firstByLot(lines: readonly Storylet[], sessionId: string): Storylet | undefined {
  if (lines.length < 2) return lines[0];
  const lots = lines.map((line) => ({ line, lot: lotOf(sessionId, line.id) }));
  return lots.reduce((first, one) => (one.lot < first.lot ? one : first)).line;
}

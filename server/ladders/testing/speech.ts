import { checkConditions } from '../../../proto/conditions';
import type { LineMoment, Storylet } from '../../../proto/scenario-steps';
import { type Climb, factsOf, type Stand } from './climb';

interface Occasion {
  /** Any: whatever the stand's step is, leaving aside what is said of choices. */
  readonly moment: LineMoment | 'any';
  readonly choice?: string;
  readonly stamina?: number;
  readonly losses?: number;
}

/** The lines that may be said. */
export function fittingLines({ ladder }: Climb, stand: Stand, occasion: Occasion): readonly Storylet[] {
  const { moment, choice } = occasion;
  const facts = factsOf(stand, occasion);
  return ladder.lines.filter(
    (line) =>
      (moment === 'any' ? line.choice === undefined : line.moment === moment) &&
      (line.where === undefined || line.where.includes(stand.at)) &&
      (line.choice === undefined || line.choice === choice) &&
      !stand.departed.has(line.speaker) &&
      checkConditions(line.if, facts),
  );
}

/** How much a line asks for: the more, the sooner it is said. */
const specificityOf = (line: Storylet): number =>
  line.if.length + Number(line.where !== undefined) + Number(line.choice !== undefined);

/** The line that is said: of those that were not yet the most specific, of equals by lot (0 to 1). */
export function pickLine(
  lines: readonly Storylet[],
  said: ReadonlySet<string>,
  lot: number,
): Storylet | undefined {
  const fresh = lines.filter(({ id }) => !said.has(id));
  const most = Math.max(...fresh.map(specificityOf));
  const best = fresh.filter((line) => specificityOf(line) === most);
  return best[Math.floor(lot * best.length)];
}

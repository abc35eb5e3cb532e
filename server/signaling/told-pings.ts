import type { Traffic } from './transport';

/** How often a node looks whether the others should hear of other pings. */
export const PINGS_EVERY_MS = 30_000;
/** Less is not worth a message. */
const CHANGE = 0.2;

interface Line {
  readonly traffic: Readonly<Pick<Traffic, 'rttMs'>>;
}

/** What the other nodes are told of how far the lines here are: round figures, seldom. */
export class ToldPings {
  readonly #told = new WeakMap<Line, number>();

  /** As it was last looked at; undefined before the first ping. */
  of(line: Line): number | undefined {
    return this.#told.get(line);
  }

  look(line: Line): void {
    const { rttMs } = line.traffic;
    const told = this.#told.get(line);
    if (rttMs !== null && (told === undefined || Math.abs(rttMs - told) > CHANGE * told))
      this.#told.set(line, Math.round(rttMs));
  }
}

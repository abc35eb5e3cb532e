/** A fight of two bots that every visitor of the home page shares for a while. */
export interface Exhibition {
  readonly matchId: string;
  readonly characters: readonly [number, number];
}

const SLOT_MS = 10 * 60_000;

/**
 * The n-th exhibition of the ten minutes around `nowMs` (Unix milliseconds). Everybody gets the same
 * ids, so a hundred open home pages cost one simulation.
 */
export function homeExhibition(nowMs: number, round: number, characterCount: number): Exhibition {
  const slot = Math.floor(nowMs / SLOT_MS);
  const turn = slot + round;
  const first = turn % characterCount;
  // One of the others: the same fighter twice is no poster, unless there is no other.
  const others = Math.max(1, characterCount - 1);
  const second = (first + 1 + (Math.floor(turn / characterCount) % others)) % characterCount;
  return { matchId: `home-${slot}-${round}`, characters: [first + 1, second + 1] };
}

/** An id for an exhibition that a viewer starts; whoever gets the address joins the same fight. */
export function newExhibitionId(): string {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return `exhibition-${Array.from(words, (word) => word.toString(36)).join('')}`;
}

import { singleton } from './singleton';

/** One live line of a player, in figures (SIG-23). */
export interface LineFigures {
  readonly playerId: string;
  readonly playerName: string;
  /** Looks on from another page of the player's. */
  readonly looksOn: boolean;
  /** Messages of the client, and to it, answers included. */
  readonly in: number;
  readonly out: number;
  /** Messages that it never got, because it was too slow. */
  readonly dropped: number;
  /** Messages that wait for it, and about how many bytes they have. */
  readonly queued: number;
  readonly bytes: number;
  /** Of the last ping; null before the first. */
  readonly rttMs: number | null;
  /** Unix ms. */
  readonly since: number;
}

/** Where those who serve lines say what they hold, for those who show it; nothing where the lines are another process's. */
interface LiveLines {
  read: (() => Iterable<LineFigures>) | undefined;
}

export function liveLines(): LiveLines {
  return singleton('live-lines', () => ({ read: undefined }));
}

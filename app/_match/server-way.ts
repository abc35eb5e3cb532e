import { COLUMN_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import type { Fighting } from './fighting';
import type { MatchLink } from './match-link';
import { createOpponentColumn, type OpponentColumn } from './opponent-column';
import type { Newcomer, RelayPipe } from './relay-pipe';
import { rowsOf } from './vouching';

/** Pause before the server is asked again for what both have told: it answers one in 5 s, and a few more at once. */
const ASK_AGAIN_MS = 1_500;

/** How often a page that comes back says so. */
const ANNOUNCE_EVERY_MS = 250;

/** How often a fight begins again for pages of the opponent that come back. */
const MAX_NEWCOMERS = 8;

/** What both players have told the server. */
export type Columns = readonly [Uint8Array, Uint8Array];

export interface ServerWayOptions {
  readonly link: Pick<MatchLink, 'history'>;
  readonly fighting: Fighting;
  readonly pipe: RelayPipe;
  readonly playerIndex: 1 | 2;
  readonly later: (task: () => void, delayMs: number) => () => void;
  /** Goes on after the feed's frames over this pipe. */
  begin(opponent: OpponentColumn): void;
  isRunning(): boolean;
}

/** A fight through the server (PEER-9), from frames on that the server has of both. */
export interface ServerWay {
  readonly isOpen: boolean;
  /** What both have told so far, asked for until it comes. */
  columns(): Promise<Columns>;
  /** The match begins this way. */
  start(): void;
  /** The fight goes on this way after `base` frames. */
  goOn(base: number): Promise<void>;
  /** This page comes back into a fight that goes this way. */
  comeBack(): Promise<void>;
  onNewcomer(newcomer: Newcomer): void;
  onOpponentInputs(fromFrame: number, inputs: Uint8Array): void;
}

/** Frames that both have told. */
export function sharedFrames(columns: Columns): number {
  return Math.min(...columns.map((column) => column.length)) / COLUMN_BYTES_PER_FRAME;
}

export function createServerWay(options: ServerWayOptions): ServerWay {
  const { link, fighting, pipe, playerIndex, later } = options;
  const own = playerIndex - 1;
  let isOpen = false;
  let opponent: OpponentColumn | undefined;
  /** Only the newest beginning counts. */
  let round = 0;
  let announced: number | undefined;
  let heardNonce: number | undefined;
  let newcomers = 0;
  let isFilling = false;

  async function columns(): Promise<Columns> {
    for (;;) {
      try {
        return await link.history();
      } catch {
        // The line is down or too much was asked; a match that is over closes this page's part in it.
        await new Promise<void>((resolve) => later(resolve, ASK_AGAIN_MS));
      }
    }
  }

  async function goOn(base: number): Promise<void> {
    isOpen = true;
    round += 1;
    const ofRound = round;
    pipe.probe();
    const told = await columns();
    if (ofRound !== round) return;
    if (sharedFrames(told) < base) {
      later(() => {
        if (ofRound === round) void goOn(base);
      }, ASK_AGAIN_MS);
      return;
    }
    begin(told, base);
  }

  function begin(told: Columns, base: number): void {
    fighting.stop();
    fighting.feed.restart(rowsOf(told, base));
    // What was told binds, also beyond the base: it is given again.
    fighting.own.adopt(told[own] ?? new Uint8Array(0));
    opponent = createOpponentColumn(told[1 - own] ?? new Uint8Array(0));
    options.begin(opponent);
  }

  /** Something of what the server passed on is missing. */
  async function fill(): Promise<void> {
    if (isFilling) return;
    isFilling = true;
    const told = await columns();
    isFilling = false;
    opponent?.take(0, told[1 - own] ?? new Uint8Array(0));
  }

  function announce(nonce: number): void {
    if (announced === undefined || options.isRunning()) return;
    pipe.announce({ base: announced, nonce });
    later(() => announce(nonce), ANNOUNCE_EVERY_MS);
  }

  return {
    get isOpen() {
      return isOpen;
    },
    columns,
    start() {
      isOpen = true;
      opponent = createOpponentColumn(new Uint8Array(0));
      options.begin(opponent);
    },
    goOn,
    async comeBack() {
      isOpen = true;
      round += 1;
      const ofRound = round;
      const told = await columns();
      if (ofRound !== round) return;
      announced = sharedFrames(told);
      announce(Math.floor(Math.random() * 2 ** 32));
      begin(told, announced);
    },
    onNewcomer({ base, nonce }) {
      if (!isOpen || nonce === heardNonce || newcomers >= MAX_NEWCOMERS) return;
      heardNonce = nonce;
      newcomers += 1;
      // Two pages that both come back take what both have.
      if (announced !== undefined && !options.isRunning() && announced <= base) return;
      void goOn(base);
    },
    onOpponentInputs(fromFrame, inputs) {
      if (opponent && !opponent.take(fromFrame, inputs)) void fill();
    },
  };
}

import { PAUSE_LIMITS } from '../../proto/signaling-limits';
import type { ServerPayloads } from '../../proto/signaling-payloads';
import { createStore, type Store } from '../_line/store';
import type { MatchLink, MatchNews } from './match-link';
import type { AgreedPause } from './view';

/** What is said of a pause before both agree, and how often they may still. */
export interface PauseOffer {
  /** Who has asked and waits for the other. */
  readonly askedBy: 'self' | 'opponent' | undefined;
  readonly left: number;
}

/** Before anything was said. */
export const NOTHING_SAID: PauseOffer = { askedBy: undefined, left: PAUSE_LIMITS.most };

/** How long the other has to answer. */
export const ANSWER_MS = PAUSE_LIMITS.answerMs;

export interface PausingOptions {
  readonly link: Pick<MatchLink, 'pause' | 'resume'>;
  readonly playerId: string;
  readonly later: (task: () => void, delayMs: number) => () => void;
  /** Both have agreed, or it goes on (undefined). */
  onPause(pause: AgreedPause | undefined): void;
}

/** Pauses by agreement, as one page knows them; the server decides. */
export interface Pausing {
  readonly offer: Store<PauseOffer>;
  readonly news: Pick<MatchNews, 'onPauseProposed' | 'onPaused' | 'onResumed'>;
  /** A page that comes back hears whether a pause is on. */
  onStarted(started: Pick<ServerPayloads['match_started'], 'paused' | 'pausesLeft'>): void;
  /** Asks, or agrees to what the opponent asked for. */
  ask(): void;
  goOn(): void;
  /** The match is over: nothing is asked any more. */
  close(): void;
}

export function createPausing({ link, playerId, later, onPause }: PausingOptions): Pausing {
  const offer = createStore(NOTHING_SAID);
  let stopLapsing = () => {};

  function setAsked(askedBy: PauseOffer['askedBy']): void {
    stopLapsing();
    // Counted from here rather than by the server's clock, which may differ from this one.
    stopLapsing = askedBy ? later(() => setAsked(undefined), ANSWER_MS) : () => {};
    offer.set({ ...offer.get(), askedBy });
  }

  function settle(pause: AgreedPause | undefined, left: number | undefined): void {
    setAsked(undefined);
    if (left !== undefined) offer.set({ ...offer.get(), left });
    onPause(pause);
  }

  const paused = ({ by, until }: { readonly by: string; readonly until: number }): AgreedPause => ({
    isMine: by === playerId,
    // Two clocks may differ: never more than it can be.
    until: Math.min(until, Date.now() + PAUSE_LIMITS.longestMs),
  });

  return {
    offer,
    news: {
      onPauseProposed: () => setAsked('opponent'),
      onPaused: (payload) => settle(paused(payload), payload.pausesLeft),
      onResumed: ({ pausesLeft }) => settle(undefined, pausesLeft),
    },
    onStarted: (started) => settle(started.paused && paused(started.paused), started.pausesLeft),
    ask() {
      const before = offer.get().askedBy;
      if (before === 'self') return;
      if (before === undefined) setAsked('self');
      // Where it is refused the fight goes on, which is what everybody sees.
      link.pause().catch(() => setAsked(undefined));
    },
    goOn: () => void link.resume().catch(() => undefined),
    close: () => setAsked(undefined),
  };
}

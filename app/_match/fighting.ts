import type { SessionEvent } from '../../engine/rollback/session';
import type { Transport } from '../../engine/rollback/types';
import { conditionTransport, type NetworkConditions } from './channel';
import type { InputSource } from './devices/input-source';
import { createJudgeFeed, type JudgeFeed } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost, type MatchTerms } from './match-host';
import type { MatchLink } from './match-link';
import type { OpponentColumn } from './opponent-column';
import { createOwnFeed, type OwnFeed } from './own-feed';
import type { Surroundings } from './surroundings';
import type { Vouching } from './vouching';

/** What a fight needs to begin, or to go on after the frames of the feed. */
export interface FightWay {
  readonly transport: Transport;
  /** What the server passes on of the opponent's inputs; undefined where the two reach each other. */
  readonly opponent: OpponentColumn | undefined;
}

export interface FightingOptions {
  readonly terms: MatchTerms;
  readonly link: MatchLink;
  readonly vouching: Vouching;
  readonly conditions: NetworkConditions;
  readonly later: (task: () => void, delayMs: number) => () => void;
  readonly device: InputSource;
  readonly surroundings: Surroundings;
  onFrame(words: Int32Array): void;
  onEvent(event: SessionEvent): void;
  onOver(end: MatchEnd): void;
  /** The tab may be hidden: whether that holds the fight up now. */
  holdsWhenHidden(): boolean;
  /** After every tick of the clock. */
  onTick?: ((nowMs: number) => void) | undefined;
}

/** The fight of a match on this page: one host after the other, what they tell the judge, and the clock that drives them. */
export interface Fighting {
  readonly feed: JudgeFeed;
  readonly own: OwnFeed;
  host(): MatchHost | undefined;
  /**
   * Goes on after the frames of the feed, on another way.
   * @throws RangeError when the rules are not ours.
   */
  begin(way: FightWay): void;
  /** Ends the present host, once everything confirmed is in the feed. */
  stop(): void;
  setConditions(conditions: NetworkConditions): void;
  /** The tab was hidden or shown, or that means something else now. */
  onVisibility(): void;
  close(): void;
}

export function createFighting(options: FightingOptions): Fighting {
  const { link, vouching, later, surroundings } = options;
  let conditions = options.conditions;
  let host: MatchHost | undefined;
  let way: FightWay | undefined;
  let stopTicker: (() => void) | undefined;
  let stopListening: (() => void) | undefined;
  let isOver = false;

  const feed = createJudgeFeed({
    send: (fromFrame, inputs) =>
      link.sendInputs(fromFrame, inputs, vouching.upTo(fromFrame + inputs.length / 4)),
    setTimer: later,
  });
  const own = createOwnFeed({ send: link.sendOwn, setTimer: later });

  function conditioned({ transport }: FightWay): Transport {
    return conditionTransport(transport, conditions, surroundings.now, Math.random);
  }

  function tick(): void {
    const nowMs = surroundings.now();
    host?.tick(nowMs);
    vouching.vouch(own.from(0), isOver);
    vouching.check(feed.log());
    options.onTick?.(nowMs);
  }

  function onVisibility(): void {
    host?.setPaused(surroundings.isHidden() && options.holdsWhenHidden());
  }

  /** What the judge may know it hears before the page is gone. */
  function onPageHide(): void {
    host?.settle();
    host?.tick(surroundings.now());
  }

  return {
    feed,
    own,
    host: () => host,
    begin(next) {
      way = next;
      host = createMatchHost({
        terms: options.terms,
        transport: conditioned(next),
        device: options.device,
        ...{ feed, own },
        ...(next.opponent ? { opponent: next.opponent } : {}),
        random: () => Math.floor(Math.random() * 2 ** 32),
        onFrame: options.onFrame,
        onEvent: options.onEvent,
        onOver(end) {
          isOver = true;
          options.onOver(end);
        },
      });
      vouching.forgive(feed.length);
      if (stopTicker) return;
      stopTicker = surroundings.startTicker(tick);
      stopListening = surroundings.listen({ onVisibility, onPageHide });
    },
    stop() {
      host?.settle();
      host = undefined;
    },
    setConditions(next) {
      conditions = next;
      if (way) host?.replaceTransport(conditioned(way));
    },
    onVisibility,
    close() {
      stopTicker?.();
      stopListening?.();
      feed.close();
      own.close();
    },
  };
}

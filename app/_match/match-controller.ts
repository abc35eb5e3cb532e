import type { Signaling } from '../../client/signaling';
import type { SessionEvent, SessionMetrics } from '../../engine/rollback/session';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import type { Mailbox } from '../_line/mailbox';
import { createStore, type Store } from '../_line/store';
import {
  type ChannelTransport,
  channelTransport,
  conditionTransport,
  type NetworkConditions,
} from './channel';
import type { InputSource } from './devices/input-source';
import { createHistoryReader, isCredible, sendHistory } from './handover';
import { createJudgeFeed } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost, type MatchTerms } from './match-host';
import { createMatchLink } from './match-link';
import { createPausing, type PauseOffer } from './pausing';
import type { Peer } from './peer';
import { createPeers } from './peers';
import { startTicker } from './ticking';
import { type MatchFacts, type MatchFault, type MatchView, NO_FACTS, viewOf } from './view';

/** Ticks on after the end so that the opponent gets our last inputs. */
const LINGER_MS = 3_000;

/** The judge normally answers within a second of the last input; after this the page says that it waits. */
const VERDICT_PATIENCE_MS = 15_000;

/** Pause before the judge is asked again where this player stands. */
const ASK_AGAIN_MS = 1_000;

export interface MatchControllerOptions {
  readonly signaling: Signaling;
  readonly mailbox: Mailbox;
  readonly sessionId: string;
  readonly playerId: string;
  readonly opponentId: string;
  readonly terms: MatchTerms;
  readonly iceServers: RTCIceServer[];
  readonly conditions: NetworkConditions;
  /** The fight is on already: this page comes into it, knowing nothing, and goes on where the opponent's page stands. */
  readonly isResumed: boolean;
}

/** The page of a match while somebody looks at it. */
export interface MatchPage {
  /** Closed when the page goes. */
  readonly device: InputSource;
  /** After every simulated frame. */
  onFrame(words: Int32Array): void;
}

/** A match from the first offer to the verdict. It goes on while nobody looks: only `leave` gives it up. */
export interface MatchController {
  readonly view: Store<MatchView>;
  /** State and figures of the running match; undefined before the peers are connected. */
  words(): Int32Array | undefined;
  metrics(): SessionMetrics | undefined;
  setConditions(conditions: NetworkConditions): void;
  /** Lets a page steer and show the match, until the returned function is called: then the player presses nothing. */
  attach(page: MatchPage): () => void;
  /** Pauses by agreement: what is asked, and how many are left. */
  readonly pauses: Store<PauseOffer>;
  /** Asks the opponent for a pause, or agrees to the one that they asked for. */
  askForPause(): void;
  /** Ends a pause for both. */
  goOn(): void;
  /** Gives the match up. */
  leave(): void;
  /** Lets go of everything here. Nobody is told: another page of the player may go on. */
  close(): void;
}

/** Starts connecting at once. */
export function startMatch(options: MatchControllerOptions): MatchController {
  const { terms } = options;
  let facts: MatchFacts = { ...NO_FACTS, isOn: options.isResumed, isResumed: options.isResumed };
  const view = createStore<MatchView>(viewOf(facts));
  let host: MatchHost | undefined;
  let peer: Peer | undefined;
  let transport: ChannelTransport | undefined;
  let history: Uint8Array | undefined;
  let conditions = options.conditions;
  let page: MatchPage | undefined;
  let isClosed = false;
  let stopTicker: (() => void) | undefined;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  function know(news: Partial<MatchFacts>): void {
    facts = { ...facts, ...news };
    const next = viewOf(facts);
    if (next.step !== view.get().step && next.step === 'deciding')
      later(() => know({ isLate: true }), VERDICT_PATIENCE_MS);
    view.set(next);
  }

  const link = createMatchLink(options);
  const feed = createJudgeFeed({
    send: (fromFrame, inputs) => link.sendInputs(fromFrame, inputs),
    setTimer: (task, delayMs) => later(task, delayMs),
  });
  const peers = createPeers({
    // Whoever comes back makes the offer: the other page doesn't know of the new one before.
    offerer: terms.playerIndex === 1 || options.isResumed,
    iceServers: options.iceServers,
    signaling: link.peer,
    onState(state, opened, reason) {
      if (state === 'open' && peer !== opened) meet(opened);
      // A connection that was there may come back, or another page of the opponent: the engine tells of the silence.
      else if (state === 'failed' && peer === undefined) fail('no_path', reason);
    },
  });
  const pausing = createPausing({ link, playerId: options.playerId, later, onPause });
  link.listen({
    ...peers,
    ...pausing.news,
    onStarted(payload) {
      know({ isOn: true });
      pausing.onStarted(payload);
      // Also said when our line to the server came back: the judge may lack what was sent meanwhile.
      feed.wake();
      if (facts.hasLeft) giveUp();
      begin();
    },
    onOpponentAway(until) {
      know({ opponentAwayUntil: until });
      // Their page was loaded again, and what ours offered went to the one before.
      if (until === undefined && !facts.isOn && terms.playerIndex === 1) peers.restart();
    },
    onVerdict(verdict) {
      pausing.close();
      know({ verdict });
      later(close, LINGER_MS);
    },
  });

  /** The channels to a page of the opponent are open: the first one, or one that knows nothing of the fight. */
  function meet(opened: Peer): void {
    const isAnother = peer !== undefined && (!options.isResumed || history !== undefined);
    peer = opened;
    transport?.close();
    transport = channelTransport(opened.inputs);
    link.connected().catch((error: unknown) => {
      if (!host && !options.isResumed) fail('no_path', String(error));
    });
    if (isAnother) {
      // Before the first frame there is nothing to bring, which the other page has to know as well.
      host?.settle();
      sendHistory(opened.history, feed.log());
      host = undefined;
      know({ isResumed: true });
    } else if (options.isResumed) {
      const read = createHistoryReader();
      opened.history.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const brought = data instanceof ArrayBuffer ? read(data) : undefined;
        if (brought && !history) void believe(brought, opened);
      });
    }
    begin();
  }

  /** Takes what the opponent's page brings for the fight that was on, if the judge's word allows it. */
  async function believe(brought: Uint8Array, from: Peer): Promise<void> {
    const told = await link.sendInputs(0, new Uint8Array(0));
    if (isClosed || history || peer !== from || told === 'gone') return;
    if (told === 'retry') {
      later(() => void believe(brought, from), ASK_AGAIN_MS);
      return;
    }
    if (!isCredible(brought, told.nextFrame)) {
      fail('rules', 'the opponent brought another fight than the one that was on');
      return;
    }
    history = brought;
    begin();
  }

  /** The fight begins when the channels are open, the server has said so to both, and what was fought before is here. */
  function begin(): void {
    if (!facts.isOn || !transport || host || isClosed) return;
    if (options.isResumed && !history) return;
    if (history && feed.length === 0) {
      feed.tail(history.length / INPUT_BYTES_PER_FRAME).set(history);
      feed.commit(history.length / INPUT_BYTES_PER_FRAME);
    }
    try {
      host = createMatchHost({
        terms,
        transport: conditioned(transport),
        device: { mask: () => page?.device.mask() ?? 0, close: () => undefined },
        feed,
        random: () => Math.floor(Math.random() * 2 ** 32),
        onFrame: (words) => page?.onFrame(words),
        onEvent,
        onOver,
      });
    } catch (error) {
      fail('rules', String(error));
      return;
    }
    know({ session: 'synchronizing', isSilent: false, isHeld: false, isAlone: false });
    if (facts.pause) host.hold(true);
    if (stopTicker) return;
    stopTicker = startTicker(() => host?.tick(performance.now()));
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', onPageHide);
    onVisibility();
  }

  function onVisibility(): void {
    // In a pause a tab may be hidden: that holds nothing up, and is not counted.
    host?.setPaused(document.hidden && !facts.pause);
  }

  function onPause(pause: MatchFacts['pause']): void {
    know({ pause });
    host?.hold(pause !== undefined);
    onVisibility();
  }

  /** What the judge may know it hears before the page is gone. */
  function onPageHide(): void {
    host?.settle();
    host?.tick(performance.now());
  }

  function conditioned(inner: ChannelTransport) {
    return conditionTransport(inner, conditions, () => performance.now(), Math.random);
  }

  function onEvent(event: SessionEvent): void {
    if (event.type === 'synchronized') {
      onVisibility();
      know({ session: 'running' });
    } else if (event.type === 'interrupted' || event.type === 'resumed') {
      know({ isSilent: event.type === 'interrupted' });
    } else if (event.type === 'paused' || event.type === 'unpaused') {
      know({ isHeld: event.type === 'paused' });
    } else if (event.type === 'disconnected') {
      know({ isAlone: true });
      if (!facts.end) tellFailed('opponent_gone');
    } else if (event.type === 'incompatible') fail('rules', event.reason);
  }

  function onOver(end: MatchEnd): void {
    know({ end });
    link.reportEnd(end.frames, end.checksum).catch(() => undefined);
  }

  /** No more fighting on this page; the server is told and decides what it means. */
  function fail(fault: MatchFault, reason = ''): void {
    if (facts.verdict || facts.hasLeft || facts.fault || facts.end || isClosed) return;
    know({ fault });
    tellFailed(reason || fault);
  }

  function tellFailed(reason: string): void {
    link.failed(reason).catch(() => undefined);
  }

  function leave(): void {
    if (facts.verdict || facts.hasLeft || facts.end) return;
    host?.leave();
    host?.tick(performance.now());
    know({ hasLeft: true });
    giveUp();
  }

  function giveUp(): void {
    // Where the line is down it is said again when the line is back.
    link.left().catch(() => undefined);
  }

  function later(task: () => void, delayMs: number): () => void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      task();
    }, delayMs);
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    stopTicker?.();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pagehide', onPageHide);
    for (const timer of timers) clearTimeout(timer);
    feed.close();
    transport?.close();
    peers.close();
    link.close();
  }

  return {
    view,
    words: () => host?.words,
    metrics: () => host?.session.metrics,
    setConditions(next) {
      conditions = next;
      if (transport) host?.replaceTransport(conditioned(transport));
    },
    attach(attached) {
      page = attached;
      return () => {
        attached.device.close();
        if (page === attached) page = undefined;
      };
    },
    pauses: pausing.offer,
    askForPause: pausing.ask,
    goOn: pausing.goOn,
    leave,
    close,
  };
}

import type { SessionEvent, SessionMetrics } from '../../engine/rollback/session';
import type { Mailbox } from '../_line/mailbox';
import type { Signaling } from '../_line/signaling';
import { createStore, type Store } from '../_line/store';
import {
  type ChannelTransport,
  channelTransport,
  conditionTransport,
  type NetworkConditions,
} from './channel';
import type { InputSource } from './devices/input-source';
import { createJudgeFeed } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost, type MatchTerms } from './match-host';
import { createMatchLink, type MatchVerdict } from './match-link';
import { connectPeer } from './peer';
import { startTicker } from './ticking';

/** Ticks on after the end so that the opponent gets our last inputs. */
const LINGER_MS = 3_000;

/** The judge normally answers within a second of the last input; after this the page says that it waits. */
const VERDICT_PATIENCE_MS = 15_000;

/** Where a match stands, for the page around the stage. */
export type MatchView =
  | { readonly step: 'connecting' }
  | { readonly step: 'synchronizing' }
  | { readonly step: 'fighting' }
  | { readonly step: 'interrupted' }
  /** A player's tab is hidden. */
  | { readonly step: 'paused' }
  | { readonly step: 'deciding'; readonly end: MatchEnd; readonly late: boolean }
  | { readonly step: 'result'; readonly verdict: MatchVerdict; readonly end: MatchEnd | undefined }
  | { readonly step: 'failed'; readonly reason: string };

export interface MatchControllerOptions {
  readonly signaling: Signaling;
  readonly mailbox: Mailbox;
  readonly sessionId: string;
  readonly playerId: string;
  readonly opponentId: string;
  readonly terms: MatchTerms;
  readonly iceServers: RTCIceServer[];
  readonly device: InputSource;
  readonly conditions: NetworkConditions;
  /** After every simulated frame. */
  onFrame(words: Int32Array): void;
}

/** A match from the first offer to the verdict. */
export interface MatchController {
  readonly view: Store<MatchView>;
  /** State and figures of the running match; undefined before the peers are connected. */
  words(): Int32Array | undefined;
  metrics(): SessionMetrics | undefined;
  setConditions(conditions: NetworkConditions): void;
  /** Gives the match up. */
  leave(): void;
  close(): void;
}

/** Starts connecting at once. */
export function startMatch(options: MatchControllerOptions): MatchController {
  const view = createStore<MatchView>({ step: 'connecting' });
  let host: MatchHost | undefined;
  let transport: ChannelTransport | undefined;
  let conditions = options.conditions;
  let end: MatchEnd | undefined;
  let isStarted = false;
  let isClosed = false;
  let stopTicker: (() => void) | undefined;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const link = createMatchLink({
    ...options,
    onStarted(resumed) {
      if (resumed && !transport) {
        // This page knows nothing of the fight so far: it was reloaded, and there is no way back in yet.
        fail('reloaded');
        return;
      }
      isStarted = true;
      // Also said when our line to the server came back: the judge may lack what was sent meanwhile.
      feed.wake();
      if (view.get().step === 'connecting') view.set({ step: 'synchronizing' });
      begin();
    },
    onVerdict(verdict) {
      // Also after a failure: what the server made of it is the last word.
      view.set({ step: 'result', verdict, end });
      later(stopRunning, LINGER_MS);
    },
  });

  const feed = createJudgeFeed({
    send: (fromFrame, inputs) => link.sendInputs(fromFrame, inputs),
    setTimer: (task, delayMs) => later(task, delayMs),
  });

  const peer = connectPeer({
    offerer: options.terms.playerIndex === 1,
    iceServers: options.iceServers,
    signaling: link.peer,
    onState(state, reason) {
      if (state === 'open' && !transport) {
        transport = channelTransport(peer.channel);
        link.connected().catch((error: unknown) => fail(String(error)));
        begin();
      }
      if (state === 'failed') fail(reason ?? 'The connection failed.');
    },
  });

  /** The fight begins when the channel is open and the server has said so to both. */
  function begin(): void {
    if (!isStarted || !transport || host || isClosed) return;
    try {
      host = createMatchHost({
        terms: options.terms,
        transport: conditioned(transport),
        device: options.device,
        feed,
        random: () => Math.floor(Math.random() * 2 ** 32),
        onFrame: options.onFrame,
        onEvent,
        onOver,
      });
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
      return;
    }
    const running = host;
    stopTicker = startTicker(() => running.tick(performance.now()));
    document.addEventListener('visibilitychange', onVisibility);
    onVisibility();
  }

  function onVisibility(): void {
    host?.setPaused(document.hidden);
  }

  function conditioned(inner: ChannelTransport) {
    return conditionTransport(inner, conditions, () => performance.now(), Math.random);
  }

  function onEvent(event: SessionEvent): void {
    const { step } = view.get();
    if (event.type === 'synchronized' && step === 'synchronizing') view.set({ step: 'fighting' });
    else if (event.type === 'interrupted' && step === 'fighting') view.set({ step: 'interrupted' });
    else if (event.type === 'resumed' && step === 'interrupted') view.set({ step: 'fighting' });
    else if (event.type === 'paused' && step === 'fighting') view.set({ step: 'paused' });
    else if (event.type === 'unpaused' && step === 'paused') view.set({ step: 'fighting' });
    else if (event.type === 'disconnected') fail('opponent_gone');
    else if (event.type === 'incompatible') fail(event.reason);
  }

  function onOver(reached: MatchEnd): void {
    end = reached;
    if (isDone()) return;
    view.set({ step: 'deciding', end: reached, late: false });
    link.reportEnd(reached.frames, reached.checksum).catch(() => undefined);
    later(() => {
      if (view.get().step === 'deciding') view.set({ step: 'deciding', end: reached, late: true });
    }, VERDICT_PATIENCE_MS);
  }

  function isDone(): boolean {
    const { step } = view.get();
    return step === 'result' || step === 'failed';
  }

  /** No more fighting between these two; the server is told and decides what it means. */
  function fail(reason: string): void {
    if (isDone() || end || isClosed) return;
    view.set({ step: 'failed', reason });
    const told = reason === 'left' || reason === 'reloaded' ? link.left() : link.failed(reason);
    told.catch(() => undefined);
  }

  function leave(): void {
    if (isDone() || end) return;
    host?.leave();
    host?.tick(performance.now());
    fail('left');
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

  function stopRunning(): void {
    stopTicker?.();
    stopTicker = undefined;
    document.removeEventListener('visibilitychange', onVisibility);
  }

  function close(): void {
    if (isClosed) return;
    // Closing the page of a running match is leaving it; the opponent should not have to wait to find out.
    leave();
    isClosed = true;
    stopRunning();
    for (const timer of timers) clearTimeout(timer);
    feed.close();
    transport?.close();
    peer.close();
    link.close();
    options.device.close();
  }

  return {
    view,
    words: () => host?.words,
    metrics: () => host?.session.metrics,
    setConditions(next) {
      conditions = next;
      if (transport) host?.replaceTransport(conditioned(transport));
    },
    leave,
    close,
  };
}

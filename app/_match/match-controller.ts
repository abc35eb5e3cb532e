import type { Signaling } from '../../client/signaling';
import type { SessionEvent, SessionMetrics } from '../../engine/rollback/session';
import type { Route } from '../../proto/sessions';
import type { Mailbox } from '../_line/mailbox';
import { createStore, type Store } from '../_line/store';
import type { NetworkConditions } from './channel';
import type { InputSource } from './devices/input-source';
import { createFighting } from './fighting';
import { createInputSigner } from './input-signing';
import { createMatchCourse } from './match-course';
import type { MatchEnd, MatchTerms } from './match-host';
import { createMatchLink } from './match-link';
import { createPausing, type PauseOffer } from './pausing';
import { createSilence } from './silence';
import { PAGE, type Surroundings } from './surroundings';
import { type MatchFacts, type MatchFault, type MatchView, NO_FACTS, viewOf } from './view';
import { createVouching } from './vouching';

/** Ticks on after the end so that the opponent gets our last inputs. */
const LINGER_MS = 3_000;

/** The judge normally answers within a second of the last input; after this the page says that it waits. */
const VERDICT_PATIENCE_MS = 15_000;

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
  /** The player wants the opponent to learn no address: no direct way is tried. */
  readonly isRelayOnly?: boolean;
  /** The way that was expected when the match was agreed. */
  readonly predicted?: Route | undefined;
  /** The way that was found, as the two agree on it. */
  readonly onConnected?: (route: Route) => void;
  /** After every tick of the fight's clock, every few milliseconds. */
  readonly onTick?: (nowMs: number) => void;
  /** Default a page. */
  readonly surroundings?: Surroundings;
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
  /** The way to the opponent that is tried, or was found. */
  readonly route: Store<Route>;
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
  const { terms, sessionId, isResumed, surroundings = PAGE } = options;
  let facts: MatchFacts = { ...NO_FACTS, isOn: isResumed, isResumed };
  const view = createStore<MatchView>(viewOf(facts));
  const route = createStore(facts.route);
  let page: MatchPage | undefined;
  let isClosed = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  function know(news: Partial<MatchFacts>): void {
    facts = { ...facts, ...news };
    const next = viewOf(facts);
    if (next.step !== view.get().step && next.step === 'deciding')
      later(() => know({ isLate: true }), VERDICT_PATIENCE_MS);
    view.set(next);
    if (facts.route !== route.get()) route.set(facts.route);
  }

  const link = createMatchLink(options);
  const signer = createInputSigner(sessionId, terms.playerIndex);
  const vouching = createVouching({
    ...{ signer, sessionId, opponentIndex: terms.playerIndex === 1 ? 2 : 1 },
    send: (message) => course.sendSignature(message),
    onUnsigned() {
      if (!course.isThroughServer && !facts.end) tellFailed('unsigned');
    },
  });
  const fighting = createFighting({
    ...{
      terms,
      link,
      vouching,
      surroundings,
      later,
      onEvent,
      onOver,
      conditions: options.conditions,
      onTick: options.onTick,
    },
    device: { mask: () => page?.device.mask() ?? 0, close: () => undefined },
    onFrame: (words) => page?.onFrame(words),
    // In a pause a tab may be hidden: that holds nothing up, and is not counted. Through the server it never does.
    holdsWhenHidden: () => !facts.pause && !course.isThroughServer,
  });
  const silence = createSilence({
    later,
    isExcused: () =>
      !facts.isOn ||
      course.isThroughServer ||
      facts.opponentAwayUntil !== undefined ||
      isDecided() ||
      !!facts.pause,
    onSilent: () => tellFailed('silent'),
  });
  const course = createMatchCourse({
    ...{ link, fighting, vouching, signer, later, isResumed, isRelayOnly: options.isRelayOnly ?? false },
    ...{ iceServers: options.iceServers, playerIndex: terms.playerIndex, surroundings },
    isOn: () => facts.isOn,
    isClosed: () => isClosed,
    isRunning: () => facts.session === 'running',
    onRoute: (found) => know({ route: found }),
    onResuming: () => know({ isResumed: true }),
    onBegun() {
      know({ session: 'synchronizing', isSilent: false, isHeld: false, isAlone: false });
      if (facts.pause) fighting.host()?.hold(true);
      fighting.onVisibility();
      silence.begin();
    },
    onRules: (reason) => fail('rules', reason),
    onNoPath: (reason) => fail('no_path', reason),
    onLost: tellFailed,
  });
  const pausing = createPausing({ link, playerId: options.playerId, later, onPause });
  link.listen({
    ...course.news,
    ...pausing.news,
    onStarted(payload) {
      know({ isOn: true });
      if (payload.route !== undefined && !payload.resumed) options.onConnected?.(payload.route);
      pausing.onStarted(payload);
      if (facts.hasLeft) giveUp();
      silence.begin();
      course.onStarted(payload);
    },
    onOpponentAway(until) {
      know({ opponentAwayUntil: until });
      if (until !== undefined) return;
      course.onOpponentBack();
      // Whoever is back has as long again to be heard.
      if (facts.isSilent || facts.session !== 'running') silence.begin();
    },
    onVerdict(verdict) {
      pausing.close();
      know({ verdict });
      later(close, LINGER_MS);
    },
  });

  function isDecided(): boolean {
    return (
      facts.verdict !== undefined || facts.hasLeft || facts.fault !== undefined || facts.end !== undefined
    );
  }

  function onPause(pause: MatchFacts['pause']): void {
    know({ pause });
    fighting.host()?.hold(pause !== undefined);
    fighting.onVisibility();
    if (!pause && facts.isSilent) silence.begin();
  }

  function onEvent(event: SessionEvent): void {
    if (event.type === 'synchronized') {
      silence.end();
      fighting.onVisibility();
      know({ session: 'running' });
    } else if (event.type === 'interrupted' || event.type === 'resumed') {
      if (event.type === 'interrupted') silence.begin();
      else silence.end();
      know({ isSilent: event.type === 'interrupted' });
    } else if (event.type === 'paused' || event.type === 'unpaused') {
      know({ isHeld: event.type === 'paused' });
    } else if (event.type === 'disconnected') {
      know({ isAlone: true });
      if (!facts.end) tellFailed('opponent_gone');
    } else if (event.type === 'incompatible' && !course.goOnAlone()) fail('rules', event.reason);
  }

  function onOver(end: MatchEnd): void {
    know({ end });
    link.reportEnd(end.frames, end.checksum).catch(() => undefined);
  }

  /** No more fighting on this page; the server is told and decides what it means. */
  function fail(fault: MatchFault, reason = ''): void {
    if (isDecided() || isClosed) return;
    know({ fault });
    tellFailed(reason || fault);
  }

  function tellFailed(reason: string): void {
    link.failed(reason).catch(() => undefined);
  }

  function leave(): void {
    if (facts.verdict || facts.hasLeft || facts.end) return;
    fighting.host()?.leave();
    fighting.host()?.tick(surroundings.now());
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
    for (const timer of timers) clearTimeout(timer);
    fighting.close();
    course.close();
    link.close();
  }

  return {
    view,
    route,
    words: () => fighting.host()?.words,
    metrics: () => fighting.host()?.session.metrics,
    setConditions: fighting.setConditions,
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

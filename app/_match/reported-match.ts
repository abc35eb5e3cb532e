import { at, Match } from '../../engine/fighter/state';
import { type PackedStory, packStory, type WireMarkType } from '../../proto/wire-report';
import type { NetworkConditions } from './channel';
import { type MatchController, type MatchControllerOptions, startMatch } from './match-controller';
import { isOver, type MatchView } from './view';
import { createWireLog } from './wire-log';

/** What a page tells of the line between the two (PEER-20). */
export interface WireTold extends PackedStory {
  readonly sessionId: string;
  /** How long ago its first moment was, ms: clocks of two machines differ. */
  readonly startedAgoMs: number;
  /** Nothing will follow: the match is over. */
  readonly isLast: boolean;
}

/** @returns whether it need not be told again. */
export type TellWire = (told: WireTold) => Promise<boolean>;

/** Waits before what did not arrive is told again, ms. */
const AGAIN_MS = [1_000, 5_000, 15_000];

/** What a step of the page says about the line while it lasts. */
const MARK_OF: { readonly [S in MatchView['step']]?: WireMarkType } = {
  interrupted: 'silent',
  away: 'away',
  paused: 'held',
  agreedPause: 'pause',
  resuming: 'reload',
};

/** A match as `startMatch` gives it, whose page tells afterwards what happened on the line. */
export function startReportedMatch(options: MatchControllerOptions, tell: TellWire): MatchController {
  const log = createWireLog();
  const now = () => performance.now();
  let isTold = false;
  let step: MatchView['step'] | undefined;

  const match = startMatch({
    ...options,
    onTick(nowMs) {
      const metrics = match.metrics();
      const words = match.words();
      if (!metrics || !words || isTold || step === 'deciding' || step === 'leaving') return;
      log.tick(nowMs, metrics, at(words, Match.FRAME), match.route.get());
    },
  });

  function onView(): void {
    const next = match.view.get();
    if (next.step === step) return;
    const [ended, begun] = [step && MARK_OF[step], MARK_OF[next.step]];
    step = next.step;
    if (ended) log.end(ended, now());
    if (begun) log.begin(begun, now());
    if (step === 'deciding' || step === 'leaving') log.rest(now());
    if (isOver(next)) report(true);
  }

  function onConditions({ latencyMs, jitterMs, loss }: NetworkConditions): void {
    if (latencyMs > 0 || jitterMs > 0 || loss > 0) log.begin('practice', now());
    else log.end('practice', now());
  }

  function report(isLast: boolean): void {
    const started = log.startedAtMs;
    if (isTold || started === undefined) return;
    isTold = isLast;
    if (isLast) letGo();
    const story = packStory(log.story(now()));
    const told = (): WireTold => ({
      ...{ sessionId: options.sessionId, isLast, ...story },
      startedAgoMs: Math.round(now() - started),
    });
    void insist(() => tell(told()));
  }

  /** The page goes, and may or may not come back. */
  const onPageHide = () => report(false);

  function letGo(): void {
    unsubscribe();
    window.removeEventListener('pagehide', onPageHide);
  }

  const unsubscribe = match.view.subscribe(onView);
  window.addEventListener('pagehide', onPageHide);
  onView();
  onConditions(options.conditions);

  return {
    ...match,
    setConditions(conditions) {
      onConditions(conditions);
      match.setConditions(conditions);
    },
    close() {
      report(false);
      letGo();
      match.close();
    },
  };
}

/** Tries a few times. What is lost then is a picture, and nobody waits for it. */
async function insist(tell: () => Promise<boolean>): Promise<void> {
  for (const waitMs of [...AGAIN_MS, 0]) {
    if (await tell()) return;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

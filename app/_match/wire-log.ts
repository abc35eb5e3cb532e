import { FRAME_MS } from '../../engine/fighter/rules';
import type { SessionMetrics } from '../../engine/rollback/session';
import type { Route } from '../../proto/sessions';
import {
  fitWire,
  halveSamples,
  MAX_WIRE_MARKS,
  MAX_WIRE_SAMPLES,
  type WireMark,
  type WireMarkType,
  type WireSample,
  type WireStory,
} from '../../proto/wire-report';

const SAMPLE_MS = 1_000;
/** A shorter wait for the other's inputs is nothing that anybody sees. */
const LEAST_WAIT_MS = 100;
/** The page is woken every few milliseconds; after so long without it the machine was busy elsewhere. */
const LEAST_FREEZE_MS = 250;

/** What a page keeps of a fight's line while the fight goes on: bounded, and without a clock of its own. */
export interface WireLog {
  /** True while there is nothing to tell. */
  readonly isEmpty: boolean;
  /** When it began, on the clock of the ticks; undefined while it is empty. */
  readonly startedAtMs: number | undefined;
  /**
   * Call it at every tick of the fight; allocates once a second.
   * @param frame of the match that is shown
   */
  tick(nowMs: number, metrics: SessionMetrics, frame: number, route: Route): void;
  /** No ticks for a while, and that is nobody's freeze. */
  rest(nowMs: number): void;
  /** Something begins, or ends, that has a mark. What has begun already begins no second time. */
  begin(type: WireMarkType, nowMs: number): void;
  end(type: WireMarkType, nowMs: number): void;
  /** Everything up to now. */
  story(nowMs: number): WireStory;
}

/** Counters of a session as they stood when the present sample began. */
interface Counted {
  rollbacks: number;
  again: number;
  againThere: number;
  readonly histogram: Uint32Array;
}

export function createWireLog(): WireLog {
  let samples: WireSample[] = [];
  const marks: WireMark[] = [];
  const open = new Map<WireMarkType, number>();
  let startMs: number | undefined;
  let lastMs = Number.NaN;
  let sampleMs = Number.NaN;
  let latest: { metrics: SessionMetrics; frame: number; route: Route } | undefined;
  let before: Counted | undefined;
  let waitedMs = 0;
  /** When the shown frame last went on, and the session's halts by then. */
  let progressMs = 0;
  let haltsAtProgress = 0;
  let route: Route | undefined;

  const since = (atMs: number) => fitWire('at', atMs - (startMs ?? atMs));

  function mark(type: WireMarkType, atMs: number, spanMs: number): void {
    startMs ??= atMs;
    marks.push({ at: since(atMs), span: fitWire('span', spanMs), type });
    if (marks.length > MAX_WIRE_MARKS) marks.splice(leastOf(marks), 1);
  }

  function noteWait(nowMs: number, halts: number): void {
    if (halts > haltsAtProgress) {
      const waited = nowMs - progressMs - FRAME_MS;
      if (waited > 0) waitedMs += waited;
      if (waited > LEAST_WAIT_MS) mark('wait', progressMs, waited);
    }
    progressMs = nowMs;
    haltsAtProgress = halts;
  }

  function closeSample(nowMs: number): void {
    if (!latest || Number.isNaN(sampleMs) || nowMs <= sampleMs) return;
    const { metrics, frame, route: way } = latest;
    const counted = countedOf(metrics);
    // Another way to the opponent is another session, which counts from zero.
    const base = before && before.rollbacks <= counted.rollbacks ? before : undefined;
    samples.push({
      at: since(sampleMs),
      span: fitWire('span', nowMs - sampleMs),
      frame: fitWire('frame', frame),
      // A session that has not measured yet says 0: then it is still what it was.
      ping: fitWire('ping', metrics.pingMs) || (samples.at(-1)?.ping ?? 0),
      jitter: fitWire('jitter', metrics.jitterMs),
      loss: fitWire('loss', metrics.loss * 1000),
      rollbacks: fitWire('rollbacks', counted.rollbacks - (base?.rollbacks ?? 0)),
      deepest: fitWire('deepest', deepestOf(counted.histogram, base?.histogram)),
      again: fitWire('again', counted.again - (base?.again ?? 0)),
      againThere: fitWire('againThere', counted.againThere - (base?.againThere ?? 0)),
      waited: fitWire('waited', waitedMs),
      ahead: fitWire('ahead', metrics.offsetFrames * 10),
      delay: fitWire('delay', metrics.inputDelayFrames),
      route: way,
    });
    if (samples.length > MAX_WIRE_SAMPLES) samples = halveSamples(samples);
    before = counted;
    waitedMs = 0;
    sampleMs = nowMs;
  }

  function wake(nowMs: number, halts: number): void {
    startMs ??= nowMs;
    sampleMs = nowMs;
    progressMs = nowMs;
    haltsAtProgress = halts;
  }

  return {
    get isEmpty() {
      return samples.length === 0 && marks.length === 0;
    },
    get startedAtMs() {
      return startMs;
    },
    tick(nowMs, metrics, frame, way) {
      const halts = metrics.stalledTicks;
      if (Number.isNaN(lastMs)) wake(nowMs, halts);
      else if (nowMs - lastMs > LEAST_FREEZE_MS) {
        mark('frozen', lastMs, nowMs - lastMs);
        progressMs = nowMs;
        haltsAtProgress = halts;
      }
      if (halts < haltsAtProgress) haltsAtProgress = 0;
      if (latest && frame !== latest.frame) noteWait(nowMs, halts);
      if (route !== undefined && way !== route) mark('route', nowMs, 0);
      route = way;
      lastMs = nowMs;
      if (latest) Object.assign(latest, { metrics, frame, route: way });
      else latest = { metrics, frame, route: way };
      if (nowMs - sampleMs >= SAMPLE_MS) closeSample(nowMs);
    },
    rest(nowMs) {
      closeSample(nowMs);
      lastMs = Number.NaN;
      sampleMs = Number.NaN;
    },
    begin(type, nowMs) {
      if (!open.has(type)) open.set(type, nowMs);
    },
    end(type, nowMs) {
      const beganMs = open.get(type);
      open.delete(type);
      if (beganMs !== undefined) mark(type, beganMs, nowMs - beganMs);
    },
    story(nowMs) {
      if (!Number.isNaN(lastMs) && latest) noteWait(nowMs, latest.metrics.stalledTicks);
      closeSample(nowMs);
      for (const [type, beganMs] of open) {
        mark(type, beganMs, nowMs - beganMs);
        open.set(type, nowMs);
      }
      return { samples: [...samples], marks: [...marks] };
    },
  };
}

function countedOf(metrics: SessionMetrics): Counted {
  return {
    rollbacks: metrics.rollbacks,
    again: metrics.rollbackFrames,
    againThere: metrics.remoteRollbackFrames,
    histogram: metrics.rollbackHistogram.slice(),
  };
}

/** The deepest rollback that is counted now and was not before. */
function deepestOf(now: Uint32Array, before: Uint32Array | undefined): number {
  for (let depth = now.length - 1; depth > 0; depth -= 1)
    if ((now[depth] ?? 0) > (before?.[depth] ?? 0)) return depth;
  return 0;
}

/** The mark that says least: the shortest of those that last; the others are few. */
function leastOf(marks: readonly WireMark[]): number {
  let least = 0;
  let leastSpan = Number.POSITIVE_INFINITY;
  for (const [index, { type, span }] of marks.entries()) {
    if (type !== 'wait' && type !== 'frozen') continue;
    if (span >= leastSpan) continue;
    least = index;
    leastSpan = span;
  }
  return least;
}

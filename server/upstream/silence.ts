import { isReachable } from './reach';
import type { Target } from './target';

/** A peer that said nothing for so long is looked after. Milliseconds. */
const QUIET_MS = 2_000;
/** How long it may take to answer a new connection. Milliseconds. */
const REACH_MS = 3_000;
/** While it stays quiet and reachable it is looked after again after this. Milliseconds. */
const AGAIN_MS = 15_000;
/** One failure may be a busy moment, or a listener that was closed before the last calls end. */
const FAILURES = 2;

/** Looks after a peer while it says nothing. */
export interface SilenceWatch {
  /** The peer said something. */
  heard(): void;
  stop(): void;
}

/**
 * Silence of any length is fine as long as the peer's process can be reached; a peer that is gone is found within
 * 8 s when it falls silent, and within 21 s in a silence that was fine until then.
 * @param onGone called once; nothing is watched afterwards
 */
export function watchSilence(target: Target, onGone: () => void): SilenceWatch {
  let heardAt = performance.now();
  let failures = 0;
  let isStopped = false;
  let isPatient = false;
  let timer = setTimeout(look, QUIET_MS);
  timer.unref();

  function again(inMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(look, inMs);
    timer.unref();
  }

  async function look(): Promise<void> {
    const quietMs = performance.now() - heardAt;
    if (quietMs < QUIET_MS) return again(QUIET_MS - quietMs);
    const began = performance.now();
    const isThere = await isReachable(target, REACH_MS);
    if (isStopped) return;
    failures = isThere || heardAt > began ? 0 : failures + 1;
    isPatient = failures === 0;
    if (failures < FAILURES) return again(isPatient ? AGAIN_MS : REACH_MS - (performance.now() - began));
    isStopped = true;
    onGone();
  }

  return {
    heard() {
      heardAt = performance.now();
      if (!isPatient || isStopped) return;
      isPatient = false;
      again(QUIET_MS);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

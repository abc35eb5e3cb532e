import type { BreakerPolicy } from './breaker';
import type { OutlierPolicy } from './endpoints';
import type { BudgetPolicy } from './retries';

/** How calls to one upstream are treated. Times are milliseconds. */
export interface CallPolicy {
  /** The longest a call may take, retries and waiting included, whatever its caller allows. */
  readonly deadlineMs: number;
  /** How long one try of a read waits for its answer. */
  readonly tryMs: number;
  /** The same for a write; without it one try may take as long as the call, and a keyed one that is late is not made again. */
  readonly writeMs?: number;
  readonly tries: number;
  /** Before the n-th retry a random time up to first × 2ⁿ⁻¹ passes, at most longest, and no less than least (0). */
  readonly backoffMs: readonly [first: number, longest: number, least?: number];
  readonly budget: BudgetPolicy;
  /** Calls under way at once, and calls that may wait for that. */
  readonly room: number;
  readonly places: number;
  readonly breaker: BreakerPolicy;
  readonly outlier: OutlierPolicy;
}

/** The policy of the arcade's own clients. */
export const CALL_POLICY: CallPolicy = {
  deadlineMs: 4_000,
  tryMs: 1_000,
  tries: 3,
  backoffMs: [25, 250],
  budget: { share: 0.2, leastPerSecond: 10 },
  room: 512,
  places: 1_024,
  breaker: {
    consecutive: 5,
    window: { ms: 5_000, calls: 5, share: 0.5 },
    trials: 3,
    openMs: [1_000, 10_000],
    lateMs: 600,
  },
  outlier: { consecutive: 5, ejectMs: 30_000, forgiveMs: 300_000 },
};

/** Of several addresses a dead one is left out before the breaker, which stands for all of them, would open. */
export function breakerFor({ breaker, outlier }: CallPolicy, addresses: number): BreakerPolicy {
  if (addresses < 2) return breaker;
  const calls = Math.max(breaker.window.calls, 2 * outlier.consecutive * addresses);
  return { ...breaker, consecutive: breaker.consecutive * addresses, window: { ...breaker.window, calls } };
}

import type { PaceView } from './pace';

/** Standard deviations to either side that nine of ten fall into. */
const NINE_OF_TEN = 1.645;
/** Calls come in ticks. */
const TICK_ERROR_S = 0.3;

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

/**
 * How long somebody at this position waits: those ahead are called at one rate, and each of them leaves at another, so
 * that m people take ln(1 + leaveRate · m / callRate) / leaveRate. Who stands beyond the last free seat waits for
 * seats that come back; while too few did, nothing is said.
 */
export function estimateWait(
  position: number,
  pace: PaceView,
): { seconds: number; low: number; high: number } | undefined {
  if (position <= 0 || !pace.isMoving || pace.callRate <= 0) return undefined;
  const beyond = Math.max(0, position - pace.free);
  if (beyond > 0 && pace.seatRate === undefined) return undefined;

  // The seats that are free are handed out as fast as the bucket allows; whom it holds ready already goes at once.
  const ahead = Math.max(0, Math.min(position, pace.free) - pace.level);
  const { callRate, leaveRate } = pace;
  const straight = ahead / callRate;
  const bent = leaveRate * straight;
  const calls = bent > 1e-6 ? Math.log1p(bent) / leaveRate : straight;
  const leaving = Math.max(0, ahead - callRate * calls);
  let seconds = calls;
  let variance =
    TICK_ERROR_S ** 2 +
    leaving / callRate ** 2 +
    (calls * pace.callRateError) ** 2 +
    ((pace.leaveRateError * calls * straight) / 2) ** 2;
  if (beyond > 0 && pace.seatRate !== undefined) {
    const returning = beyond / pace.seatRate;
    seconds += returning;
    variance += beyond / pace.seatRate ** 2 + (returning * pace.seatRateError) ** 2;
  }
  const spread = NINE_OF_TEN * Math.sqrt(variance);
  return {
    seconds: rounded(seconds),
    low: rounded(Math.max(0, seconds - spread)),
    high: rounded(seconds + spread),
  };
}

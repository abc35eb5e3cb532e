/** What happened in one minute. */
export interface Minute {
  /** When it began, Unix ms. */
  readonly at: number;
  readonly calls: number;
  readonly errors: number;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;

/** One minute as it is drawn, in units of the frame. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  /** From the bottom. */
  readonly calls: number;
  readonly errors: number;
}

/**
 * The last hour as bars, the present minute at the right edge; minutes without a call have none.
 * @param nowMs Unix ms
 */
export function minuteBars(
  minutes: readonly Minute[],
  nowMs: number,
  frame: { readonly width: number; readonly height: number },
): readonly Bar[] {
  const last = Math.floor(nowMs / MINUTE_MS);
  const most = Math.max(1, ...minutes.map(({ calls }) => calls));
  const slot = frame.width / MINUTES;
  return minutes.flatMap(({ at, calls, errors }) => {
    const age = last - Math.floor(at / MINUTE_MS);
    if (calls === 0 || age < 0 || age >= MINUTES) return [];
    const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * frame.height));
    return [{ x: (MINUTES - 1 - age) * slot, width: slot * 0.8, calls: tall(calls), errors: tall(errors) }];
  });
}

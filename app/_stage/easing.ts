/** Smooth step from 0 to 1, clamped. */
export function ease(t: number): number {
  const c = Math.max(0, Math.min(1, t));
  return c * c * (3 - 2 * c);
}

/** Fast at first, then slower; from 0 to 1, ends at 1. */
export function easeOut(t: number): number {
  const c = Math.min(1, t);
  return 1 - (1 - c) * (1 - c);
}

import { randomInt } from 'node:crypto';

/** A username nobody has: tests share one arcade, and run again against the same one. */
export function uniqueName(prefix = 'p'): string {
  return `${prefix}_${Date.now().toString(36).slice(-5)}${randomInt(36 ** 4).toString(36)}`;
}

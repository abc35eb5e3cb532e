/**
 * Why a training ended, in our words. A reason that comes from elsewhere is shown only where it is one of these: a
 * service of somebody else, or an error in a thread, may say anything.
 */
export const REASONS = {
  stopped: 'It was stopped.',
  neverBegan: 'It was stopped before it began.',
  shutDown: 'The service was shut down.',
  restarted: 'The training service was restarted.',
  lost: 'The training service no longer knows it.',
  broke: 'Something in it broke; the log of the training service says what.',
} as const;

export const stepsDone = (steps: number): string => `All ${steps} steps are done.`;
export const timeOver = (seconds: number): string => `Its time of ${seconds} s is over.`;
export const threadDied = (code: number): string => `Its thread died (exit code ${code}).`;
export const diverged = (step: number, learningRate: number): string =>
  `The network's values are no longer finite at step ${step}; a learning rate below ${learningRate} may help.`;

const COUNTED = {
  stepsDone: /^All (\d+) steps are done\.$/,
  timeOver: /^Its time of (\d+) s is over\.$/,
  threadDied: /^Its thread died \(exit code (-?\d+)\)\.$/,
  diverged:
    /^The network's values are no longer finite at step (\d+); a learning rate below ([\d.e-]+) may help\.$/,
};

const FIXED_CODES = [
  'stopped',
  'neverBegan',
  'shutDown',
  'restarted',
  'lost',
  'broke',
] as const satisfies readonly (keyof typeof REASONS)[];
const COUNTED_CODES = [
  'stepsDone',
  'timeOver',
  'threadDied',
  'diverged',
] as const satisfies readonly (keyof typeof COUNTED)[];

/** What the reasons are called, for words in other languages. */
export const REASON_CODES = [...FIXED_CODES, ...COUNTED_CODES] as const;

/** A reason by its name, with the numbers in it, in their order. */
export interface NamedReason {
  readonly code: (typeof REASON_CODES)[number];
  readonly values: readonly number[];
}

/** The name of a reason; nothing if it is none of ours. */
export function namedReason(text: string): NamedReason | undefined {
  for (const code of FIXED_CODES) if (REASONS[code] === text) return { code, values: [] };
  for (const code of COUNTED_CODES) {
    const found = COUNTED[code].exec(text);
    if (found) return { code, values: found.slice(1).map(Number) };
  }
  return undefined;
}

/** The reason, if it is one of ours; nothing otherwise. */
export function ourReason(text: string): string | undefined {
  return namedReason(text) ? text : undefined;
}

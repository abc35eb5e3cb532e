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

const FIXED: ReadonlySet<string> = new Set(Object.values(REASONS));
const COUNTED = [
  /^All \d+ steps are done\.$/,
  /^Its time of \d+ s is over\.$/,
  /^Its thread died \(exit code -?\d+\)\.$/,
  /^The network's values are no longer finite at step \d+; a learning rate below [\d.e-]+ may help\.$/,
];

/** The reason, if it is one of ours; nothing otherwise. */
export function ourReason(text: string): string | undefined {
  return FIXED.has(text) || COUNTED.some((form) => form.test(text)) ? text : undefined;
}

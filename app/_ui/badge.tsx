import type { ReactNode } from 'react';
import { cx } from './cx';

export type BadgeTone = 'quiet' | 'good' | 'bad' | 'gold';

const INK = {
  quiet: 'text-quiet',
  good: 'text-good',
  bad: 'text-bad',
  gold: 'text-gold-text',
} satisfies Record<BadgeTone, string>;

/** Marks differ in shape as well as in colour, so that a state is never told by colour alone. */
const MARK = { quiet: '○', good: '●', bad: '✕', gold: '★' } satisfies Record<BadgeTone, string>;

/** A state in one or two words. */
export function Badge({
  tone = 'quiet',
  large,
  children,
}: {
  tone?: BadgeTone;
  large?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 font-semibold whitespace-nowrap',
        large ? 'text-lead' : 'text-data',
        INK[tone],
      )}
    >
      <span aria-hidden="true" className="text-[0.7em]">
        {MARK[tone]}
      </span>
      {children}
    </span>
  );
}

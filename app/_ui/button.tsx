import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx';

/** `gold` is for the one thing a page wants done; `p1` and `p2` only for what belongs to that side. */
export type ButtonTone = 'plain' | 'gold' | 'p1' | 'p2' | 'bare';

interface Look {
  tone?: ButtonTone;
  small?: boolean;
}

const TONES = {
  plain: '',
  gold: 'button-gold',
  p1: 'button-p1',
  p2: 'button-p2',
  bare: 'button-bare',
} satisfies Record<ButtonTone, string>;

function look({ tone = 'plain', small }: Look, className: string | undefined): string {
  return cx('button', TONES[tone], small && 'button-small', className);
}

/** A button; while `busy` it can't be pressed again and says so to assistive technology. */
export function Button({
  tone,
  small,
  busy,
  className,
  disabled,
  ...rest
}: ComponentProps<'button'> & Look & { busy?: boolean | undefined }) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={look({ ...(tone ? { tone } : {}), ...(small ? { small } : {}) }, className)}
      {...rest}
    />
  );
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ tone, small, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return (
    <Link className={look({ ...(tone ? { tone } : {}), ...(small ? { small } : {}) }, className)} {...rest} />
  );
}

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cx } from './cx';

/** `gold` is for the one thing a page wants done. */
type ButtonTone = 'plain' | 'gold';

interface Look {
  tone?: ButtonTone;
  small?: boolean;
}

function look({ tone = 'plain', small }: Look, className: string | undefined): string {
  return cx('button', tone === 'gold' && 'button-gold', small && 'button-small', className);
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

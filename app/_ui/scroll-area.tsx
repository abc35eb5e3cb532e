import type { ReactNode, Ref } from 'react';
import { cx } from './cx';

/** A named part of a page that scrolls by itself, and that the keyboard can reach and scroll. */
export function ScrollArea({
  ref,
  label,
  className,
  children,
}: {
  ref?: Ref<HTMLElement>;
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      ref={ref}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      tabIndex={0}
      className={cx('overflow-auto overscroll-x-contain outline-offset-[-3px]', className)}
    >
      {children}
    </section>
  );
}

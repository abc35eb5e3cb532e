import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';

/** A raised sheet with a thick outline. */
export function Sheet({
  lifted,
  className,
  ...rest
}: ComponentProps<'div'> & { lifted?: boolean | undefined }) {
  return <div className={cx('sheet', lifted && 'sheet-lifted', className)} {...rest} />;
}

/** A named part of a page: a heading with a rule, an aside at its right, and what belongs to it. */
export function Section({
  title,
  aside,
  children,
  className,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cx('min-w-0', className)}>
      <div className="mb-3 flex items-end justify-between gap-3 border-b-2 border-edge pb-1.5">
        <h2 className="text-heading">{title}</h2>
        {aside ? <div className="text-data text-quiet">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

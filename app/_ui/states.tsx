import type { ReactNode } from 'react';
import { cx } from './cx';

/** The shape of what is coming, in dots. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('tone waits block bg-edge', className)} />;
}

/** Rows of a table or list that are on their way. */
export function SkeletonRows({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-2">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} className="h-12" />
      ))}
    </div>
  );
}

/** Nothing here yet: what to do next. */
export function Empty({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="relative overflow-hidden border-2 border-dashed border-edge px-5 py-8 text-center">
      <p className="font-poster text-heading">{title}</p>
      {children ? <p className="mx-auto mt-2 max-w-md text-quiet">{children}</p> : null}
      {action ? <div className="mt-4 flex justify-center gap-3">{action}</div> : null}
    </div>
  );
}

/** What happened, what is safe, and what can be done about it. */
export function Fault({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div role="alert" className="sheet border-bad p-4">
      <p className="flex items-baseline gap-2 font-semibold">
        <span aria-hidden="true" className="text-bad">
          ✕
        </span>
        {title}
      </p>
      {children ? <p className="mt-1 text-quiet">{children}</p> : null}
      {action ? <div className="mt-3 flex flex-wrap gap-3">{action}</div> : null}
    </div>
  );
}

import type { ReactNode } from 'react';
import { Plates } from './plates';

/** The head of a page: a title that shouts, a line under it, and a rule in two plates. */
export function PageTitle({
  title,
  children,
  aside,
}: {
  title: ReactNode;
  children?: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <header className="relative mb-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="misprint text-title uppercase">{title}</h1>
          {children ? <p className="mt-3 max-w-2xl text-lead text-quiet">{children}</p> : null}
        </div>
        {aside ? <div className="max-w-full shrink-0">{aside}</div> : null}
      </div>
      <Plates className="mt-4" />
    </header>
  );
}

import type { ReactNode } from 'react';

/** The head of a page: a title that shouts, a line under it, a screen of dots running out to the right. */
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
        {aside ? <div className="shrink-0">{aside}</div> : null}
      </div>
      <div aria-hidden="true" className="mt-4 flex h-3">
        <span className="w-24 bg-p1" />
        <span className="fade-right w-[220px] bg-p1" />
      </div>
    </header>
  );
}

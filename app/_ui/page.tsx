import type { ReactNode } from 'react';
import { cx } from './cx';

/** The column in which a page stands. */
export function Page({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <div className={cx('mx-auto w-full grow px-4 py-8 md:px-6 md:py-10', narrow ? 'max-w-lg' : 'max-w-7xl')}>
      {children}
    </div>
  );
}

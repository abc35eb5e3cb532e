import type { ReactNode } from 'react';

/** Names at the left, figures at the right. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-data">{children}</dl>;
}

export function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="figure text-right break-all">{value}</dd>
    </>
  );
}

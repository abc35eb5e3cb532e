import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button';
import { ScrollArea } from './scroll-area';
import { Stale } from './stale';
import { Empty, Fault, SkeletonRows } from './states';

/** A list that is asked for page after page. */
type Pages = ComponentProps<typeof Stale>['query'] & {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
};

/** A column: what it is called, and whether it holds figures, which stand at its right. */
type Head = string | { readonly figures: string };

/** A table of such a list, in each of its states: on its way, failed, empty, old, and with more to come. */
export function PagedTable({
  pages,
  count,
  words,
  fault,
  heads,
  className = 'sheet',
  children,
}: {
  pages: Pages;
  /** Rows that are known; undefined while none is. */
  count: number | undefined;
  words: {
    readonly label: string;
    readonly loading: string;
    readonly nothing: string;
    readonly nothingHint: string;
    readonly more: string;
  };
  /** What is said where nothing came. */
  fault: string | undefined;
  heads: readonly Head[];
  className?: string;
  /** The rows. */
  children: ReactNode;
}) {
  return (
    <>
      {pages.isPending ? <SkeletonRows rows={8} label={words.loading} /> : null}
      {pages.error && count === undefined ? <Fault title={fault} /> : null}
      <Stale query={pages} className="mb-4" />
      {count === 0 ? <Empty title={words.nothing}>{words.nothingHint}</Empty> : null}
      {count ? (
        <ScrollArea label={words.label} className={className}>
          <table className="data-table">
            <thead>
              <tr>
                {heads.map((head) =>
                  typeof head === 'string' ? (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ) : (
                    <th key={head.figures} scope="col" className="text-right!">
                      {head.figures}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </ScrollArea>
      ) : null}
      {pages.hasNextPage ? (
        <Button className="mt-4" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {words.more}
        </Button>
      ) : null}
    </>
  );
}

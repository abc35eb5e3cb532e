import { Page } from '../_ui/page';
import { Skeleton } from '../_ui/states';

/** The shape of a page on its way: a title, then columns. */
export default function Loading() {
  return (
    <Page>
      <Skeleton className="mb-12 h-14 w-64" />
      <div className="grid gap-8 lg:grid-cols-3">
        <Skeleton className="h-64 lg:col-span-2" />
        <Skeleton className="h-64" />
      </div>
    </Page>
  );
}

import { cx } from '../_ui/cx';
import { Skeleton } from '../_ui/states';

/** The shape of a page whose right column is what one can do. */
export function LoadingSplit({ label, className }: { label: string; className: string }) {
  return (
    <div role="status" aria-label={label} className={cx('grid grid-cols-[minmax(0,1fr)] gap-8', className)}>
      <Skeleton className="h-80" />
      <Skeleton className="h-64" />
    </div>
  );
}

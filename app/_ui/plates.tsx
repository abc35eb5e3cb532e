import { cx } from './cx';

/** A rule in two plates: vermilion runs out to the right, cobalt to the left, in dots where they meet. */
export function Plates({ className }: { className?: string }) {
  return (
    <div aria-hidden="true" className={cx('relative h-3 w-80 max-w-full overflow-hidden', className)}>
      <span className="absolute inset-y-0 left-0 w-16 bg-p1" />
      <span className="fade-right absolute inset-y-0 left-16 w-[220px] bg-p1" />
      <span className="absolute inset-y-0 right-0 w-10 translate-y-0.5 bg-p2" />
      <span className="fade-right absolute inset-y-0 right-10 w-[220px] translate-y-0.5 rotate-180 bg-p2 mix-blend-(--overprint)" />
    </div>
  );
}

import { cx } from './cx';

/** The arcade's name as it is printed: two plates a little out of register. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('misprint misprint-hard font-poster leading-none uppercase', className)}>
      Arcade Clash
    </span>
  );
}

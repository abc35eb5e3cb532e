'use client';

import { useLocale } from 'next-intl';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { cx } from '../_ui/cx';
import { countdown } from './duration';

/** How far the server's clock is ahead of this device's, in milliseconds. */
const Ahead = createContext(0);

/** Countdowns inside run by the server's clock, whatever this device believes the time is. */
export function ServerClock({ now, children }: { now: string | undefined; children: ReactNode }) {
  const [aheadMs, setAheadMs] = useState(0);
  useEffect(() => {
    if (now !== undefined) setAheadMs(Date.parse(now) - Date.now());
  }, [now]);
  return <Ahead value={aheadMs}>{children}</Ahead>;
}

/** The server's time, Unix milliseconds, renewed every second. */
export function useServerNow(): number {
  const aheadMs = useContext(Ahead);
  const [own, setOwn] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setOwn(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return own + aheadMs;
}

/** The time left until then. It is a timer for assistive technology, which reads it when asked and not every second. */
export function Countdown({
  until,
  label,
  isStill = false,
  className,
}: {
  /** ISO 8601 */
  until: string;
  label: string;
  /** The clock stands: what was left when it stopped stays. */
  isStill?: boolean;
  className?: string;
}) {
  const locale = useLocale();
  const now = useServerNow();
  const stood = useRef(now);
  if (!isStill) stood.current = now;
  return (
    <span role="timer" aria-label={label} className={cx('tabular-nums', className)}>
      {countdown(Date.parse(until) - stood.current, locale)}
    </span>
  );
}

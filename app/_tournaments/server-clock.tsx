'use client';

import { useLocale } from 'next-intl';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { cx } from '../_ui/cx';
import { countdown } from './duration';

interface Clock {
  /** How far the server's clock is ahead of this device's, in milliseconds; undefined until this browser knows. */
  readonly aheadMs: number | undefined;
  /** What the server's clock said when the page was made, Unix milliseconds: its first picture is the browser's, too. */
  readonly madeMs: number | undefined;
}

const ClockContext = createContext<Clock>({ aheadMs: undefined, madeMs: undefined });

/**
 * Countdowns inside run by the server's clock, whatever this device believes the time is.
 * @param now what the server's clock said
 * @param receivedAt when that arrived, by this device, Unix milliseconds; 0 or nothing: just now
 */
export function ServerClock({
  now,
  receivedAt = 0,
  children,
}: {
  now: string | undefined;
  receivedAt?: number;
  children: ReactNode;
}) {
  const [aheadMs, setAheadMs] = useState<number>();
  useEffect(() => {
    if (now !== undefined) setAheadMs(Date.parse(now) - (receivedAt || Date.now()));
  }, [now, receivedAt]);
  const clock = { aheadMs, madeMs: now === undefined ? undefined : Date.parse(now) };
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The server's time, Unix milliseconds, renewed every second. */
export function useServerNow(): number {
  const { aheadMs, madeMs } = useContext(ClockContext);
  const [own, setOwn] = useState<number>();
  useEffect(() => {
    setOwn(Date.now());
    const timer = setInterval(() => setOwn(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (aheadMs === undefined && madeMs !== undefined) return madeMs;
  return (own ?? Date.now()) + (aheadMs ?? 0);
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

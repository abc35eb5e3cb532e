'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { TraceType } from '@/proto/sessions';
import type { SessionStatus } from '../../proto/sessions';
import { hex32 } from '../_lib/hex32';
import { cx } from '../_ui/cx';
import { span, utc } from './format-time';
import { SessionStatusBadge } from './status';

/** One line of TRACE as `admin.session` gives it. */
export interface TraceLine {
  readonly id: string;
  readonly at: Date;
  readonly type: TraceType;
  readonly actorId: string | null;
  readonly toStatus: SessionStatus | null;
  readonly detail: unknown;
}

interface Actor {
  readonly name: string;
  readonly side: 'p1' | 'p2';
}

/**
 * A session's life from top to bottom: the time since it began, the time since the line before as a bar,
 * who acted in their own ink, and the state where it changed in letters that read across the room.
 */
export function TraceTimeline({
  events,
  actors,
}: {
  events: readonly TraceLine[];
  actors: Readonly<Record<string, Actor>>;
}) {
  const t = useTranslations('admin');
  const locale = useLocale();
  const began = events[0]?.at.getTime() ?? 0;
  const longest = Math.max(1, ...events.map((event, index) => waitBefore(events, index, event)));
  return (
    <ol className="grid">
      {events.map((event, index) => {
        const actor = event.actorId === null ? undefined : actors[event.actorId];
        const wait = waitBefore(events, index, event);
        return (
          <li
            key={event.id}
            className="grid grid-cols-[5.5rem_1.25rem_minmax(0,1fr)] gap-x-3 text-data md:grid-cols-[6rem_8rem_1.25rem_minmax(0,1fr)]"
          >
            <time
              dateTime={event.at.toISOString()}
              title={utc(event.at, true)}
              className="figure pt-1.5 text-right text-quiet"
            >
              +{span(event.at.getTime() - began, locale)}
            </time>
            <span aria-hidden="true" className="hidden items-start justify-end pt-3 md:flex">
              <span className="h-2 bg-edge" style={{ width: `${(100 * wait) / longest}%` }} />
            </span>
            <span aria-hidden="true" className="relative flex justify-center">
              <span
                className={cx('w-0.5 bg-edge', index === 0 && 'mt-3', index === events.length - 1 && 'h-3')}
              />
              <span
                className={cx(
                  'absolute top-2 size-3.5 border-2 border-ground',
                  actor?.side === 'p1'
                    ? 'bg-p1'
                    : actor?.side === 'p2'
                      ? 'rounded-full bg-p2'
                      : 'rotate-45 bg-quiet',
                )}
              />
            </span>
            <div className="pb-3">
              <div className="flex flex-wrap items-baseline gap-x-4">
                {event.toStatus ? <SessionStatusBadge status={event.toStatus} large /> : null}
                {event.type === event.toStatus ? null : (
                  <span className="pt-1">{t(`trace.${event.type}`)}</span>
                )}
                <span
                  className={actor ? (actor.side === 'p1' ? 'text-p1-text' : 'text-p2-text') : 'text-quiet'}
                >
                  {actor?.name ?? t('server')}
                </span>
              </div>
              <Detail value={event.detail} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function waitBefore(events: readonly TraceLine[], index: number, event: TraceLine): number {
  const before = events[index - 1];
  return before ? event.at.getTime() - before.at.getTime() : 0;
}

function Detail({ value }: { value: unknown }) {
  if (typeof value !== 'object' || value === null) return null;
  const parts = Object.entries(value).map(([name, part]) => `${name} ${plain(name, part)}`);
  if (parts.length === 0) return null;
  return <p className="figure break-words text-quiet">{parts.join(' · ')}</p>;
}

/** Numbers that people compare as bits, wherever a line has them. */
const AS_BITS = /checksum|seed/i;

function plain(name: string, value: unknown): string {
  if (typeof value === 'number' && AS_BITS.test(name)) return hex32(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

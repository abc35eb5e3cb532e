'use client';

import { useTranslations } from 'next-intl';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { ButtonLink } from '../_ui/button';
import { Countdown } from './server-clock';

/** The end of the wait: a seat that is paid. */
export function InStep({ room, seat }: { room: WaitingRoom; seat: WaitingRoom['seat'] }) {
  const t = useTranslations('tournaments.waiting');
  const { tournamentId, status, startsAt, isPaused } = room;
  const isBefore = status === 'scheduled' || status === 'open' || status === 'checkin';
  return (
    <section aria-label={t('in')} className="sheet sheet-lifted grid gap-5 p-5 md:p-8">
      <p role="status" className="misprint font-poster text-[clamp(3rem,11vw,8rem)] leading-[0.85] uppercase">
        {t('in')}
      </p>
      {seat ? <p className="text-lead font-semibold">{t('seatIs', { seat: seat.seat })}</p> : null}
      {isBefore && !isPaused ? (
        <p>
          <span className="block text-quiet">{t('startsIn')}</span>
          <Countdown until={startsAt} label={t('startsIn')} className="font-poster text-title" />
        </p>
      ) : null}
      <p className="max-w-xl">{t(status === 'checkin' && !room.isCheckedIn ? 'checkInNow' : 'beThere')}</p>
      <ButtonLink tone="gold" className="justify-self-start" href={`/tournaments/${tournamentId}`}>
        {t(status === 'checkin' && !room.isCheckedIn ? 'toCheckIn' : 'toPoster')}
      </ButtonLink>
    </section>
  );
}

/** It goes on without this person, or not at all. */
export function MissedStep({ tournamentId, isCancelled }: { tournamentId: string; isCancelled: boolean }) {
  const t = useTranslations('tournaments.waiting');
  return (
    <section aria-label={t('over')} className="sheet grid gap-4 p-5 md:p-8">
      <p role="status" className="font-poster text-heading">
        {t(isCancelled ? 'cancelled' : 'missed')}
      </p>
      <p className="text-quiet">{t(isCancelled ? 'cancelledHint' : 'missedHint')}</p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={`/tournaments/${tournamentId}`}>{t('toPoster')}</ButtonLink>
        <ButtonLink href="/tournaments">{t('others')}</ButtonLink>
      </div>
    </section>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { trpc } from '../_lib/trpc';
import { ConfirmButton } from './confirm-button';
import { waitOf } from './duration';
import { Countdown } from './server-clock';

type Place = NonNullable<WaitingRoom['place']>;

/** A place in line, in the largest type there is: it is read from across the room. */
export function PlaceStep({ room, place }: { room: WaitingRoom; place: Place }) {
  const t = useTranslations('tournaments.waiting');
  const leave = trpc.tournament.leave.useMutation();
  const { tournamentId, opensAt, status } = room;
  const isDrawn = place.position > 0;
  return (
    <section aria-label={t('yourPlace')} className="sheet sheet-lifted grid gap-5 p-5 md:p-8">
      {isDrawn ? (
        <>
          <p className="text-lead">{t('yourPlace')}</p>
          <p data-testid="place" className="misprint font-poster text-[clamp(6rem,26vw,18rem)] leading-[0.8]">
            {place.position}
          </p>
          <p aria-live="polite" className="text-lead font-semibold">
            {t('before', { count: place.position - 1 })}
          </p>
          <Estimate estimate={place.estimate} />
        </>
      ) : (
        <>
          <p className="text-lead">{t(status === 'scheduled' ? 'opensIn' : 'drawing')}</p>
          {status === 'scheduled' ? (
            <Countdown
              until={opensAt}
              label={t('opensIn')}
              className="misprint font-poster text-[clamp(2.75rem,14vw,8rem)] leading-[0.85] whitespace-nowrap"
            />
          ) : null}
          <p aria-live="polite" className="text-lead font-semibold">
            {t('waitingWith', { count: place.waiting })}
          </p>
          <p className="max-w-xl text-quiet">{t('drawHint')}</p>
        </>
      )}
      <p className="text-data text-quiet">{t('keeps')}</p>
      <div>
        <ConfirmButton
          small
          label={t('leave')}
          title={t('leaveTitle')}
          description={t('leaveHint')}
          confirm={t('leaveConfirm')}
          act={leave}
          onConfirm={(_, done) => leave.mutate({ tournamentId }, { onSuccess: done })}
        />
      </div>
    </section>
  );
}

function Estimate({ estimate }: { estimate: Place['estimate'] }) {
  const t = useTranslations('tournaments.waiting');
  if (!estimate) return <p className="text-lead text-quiet">{t('noEstimate')}</p>;
  const { unit, about, low, high } = waitOf(estimate);
  return (
    <p className="text-lead" data-testid="estimate">
      {t(`estimate.${unit}`, { about })}{' '}
      {low < high ? <span className="text-quiet">{t(`between.${unit}`, { low, high })}</span> : null}
    </p>
  );
}

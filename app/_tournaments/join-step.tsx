'use client';

import { useTranslations } from 'next-intl';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Fault } from '../_ui/states';
import { nonceFor } from './nonce';
import { Countdown } from './server-clock';
import { useRefusal } from './use-refusal';

/** The door: one button takes a place. */
export function JoinStep({
  room,
  lost,
  isOpen,
}: {
  room: WaitingRoom;
  /** What somebody had who stands at the door again. */
  lost: 'place' | 'seat' | 'left' | undefined;
  isOpen: boolean;
}) {
  const t = useTranslations('tournaments.waiting');
  const wordsOf = useRefusal();
  const join = trpc.tournament.join.useMutation();
  const { tournamentId, status, opensAt, payment } = room;
  return (
    <section aria-label={t('join')} className="sheet sheet-lifted grid gap-5 p-5 md:p-8">
      {lost ? (
        <div role="status">
          <p className="font-poster text-heading">{t(`lost.${lost}`)}</p>
          <p className="mt-1 text-quiet">
            {t(`lostHint.${lost}`)}{' '}
            {payment && payment.refunded > 0 ? t('refunded', { count: payment.refunded }) : null}
          </p>
        </div>
      ) : null}
      {isOpen ? (
        <>
          {status === 'scheduled' ? (
            <p>
              <span className="block text-quiet">{t('opensIn')}</span>
              <Countdown until={opensAt} label={t('opensIn')} className="font-poster text-shout" />
            </p>
          ) : null}
          <p className="max-w-xl text-lead">{t(status === 'scheduled' ? 'joinEarly' : 'joinNow')}</p>
          {join.error ? <Fault title={wordsOf(join.error)} /> : null}
          <Button
            tone="gold"
            className="min-h-16 justify-self-start px-8"
            busy={join.isPending}
            onClick={() =>
              // There is a draw only before the opening.
              join.mutate(
                status === 'scheduled' ? { tournamentId, nonce: nonceFor(tournamentId) } : { tournamentId },
              )
            }
          >
            {t(lost ? 'joinAgain' : 'join')}
          </Button>
        </>
      ) : (
        <>
          <p className="text-lead">{t('closed')}</p>
          <ButtonLink href={`/tournaments/${tournamentId}`} className="justify-self-start">
            {t('toPoster')}
          </ButtonLink>
        </>
      )}
    </section>
  );
}

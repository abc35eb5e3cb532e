'use client';

import { useTranslations } from 'next-intl';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { rememberedFighter } from '../_ui/remembered-fighter';
import { Fault } from '../_ui/states';
import { CoinMark } from './coins';
import { ConfirmButton } from './confirm-button';
import { Countdown } from './server-clock';
import { useRefusal } from './use-refusal';

/** Brings the fighter that was chosen last in this browser to a seat that was just taken; another can be chosen later. */
function useOwnFighter(tournamentId: string, fighterIds: readonly number[]): () => void {
  const choose = trpc.tournament.chooseFighter.useMutation();
  return () => choose.mutate({ tournamentId, characterId: rememberedFighter(fighterIds) });
}

type Seat = NonNullable<WaitingRoom['seat']>;

/** The first click: it is one's turn. */
export function TurnStep({
  room,
  until,
  fighterIds,
}: {
  room: WaitingRoom;
  until: string;
  fighterIds: readonly number[];
}) {
  const t = useTranslations('tournaments.waiting');
  const wordsOf = useRefusal();
  const bringFighter = useOwnFighter(room.tournamentId, fighterIds);
  const reserve = trpc.tournament.reserve.useMutation({
    onSuccess: ({ state }) => {
      if (state === 'confirmed') bringFighter();
    },
  });
  const { tournamentId, fee, isPaused } = room;
  return (
    <section aria-label={t('turn')} className="sheet sheet-lifted stamps grid gap-5 border-gold p-5 md:p-8">
      <p
        role="status"
        className="misprint font-poster text-[clamp(3.5rem,13vw,9rem)] leading-[0.85] uppercase"
      >
        {t('turn')}
      </p>
      <p className="text-lead">
        {t('turnLeft')}{' '}
        <Countdown
          until={until}
          isStill={isPaused}
          label={t('turnLeft')}
          className="font-poster text-heading"
        />
      </p>
      {reserve.error ? <Fault title={wordsOf(reserve.error)} /> : null}
      <Button
        tone="gold"
        className="min-h-16 justify-self-start px-8"
        busy={reserve.isPending}
        onClick={() => reserve.mutate({ tournamentId })}
      >
        {t('takeSeat')}
      </Button>
      <p className="text-quiet">{fee > 0 ? t('thenPay', { count: fee }) : t('freeSeat')}</p>
    </section>
  );
}

/** The second click: the seat is held, and what it costs is paid. */
export function PayStep({
  room,
  seat,
  fighterIds,
}: {
  room: WaitingRoom;
  seat: Seat;
  fighterIds: readonly number[];
}) {
  const t = useTranslations('tournaments.waiting');
  const wordsOf = useRefusal();
  const bringFighter = useOwnFighter(room.tournamentId, fighterIds);
  const pay = trpc.tournament.pay.useMutation({ onSuccess: bringFighter });
  const leave = trpc.tournament.leave.useMutation();
  const { tournamentId, balance, payment } = room;
  const { reservationId, fee, holdExpiresAt } = seat;
  const isPaying = pay.isPending || payment?.state === 'processing';
  const isShort = balance < fee && payment?.state !== 'processing' && payment?.state !== 'completed';
  return (
    <section aria-label={t('seatHeld')} className="sheet sheet-lifted grid gap-5 p-5 md:p-8">
      <p role="status" className="font-poster text-heading">
        {t('seatHeldNumber', { seat: seat.seat })}
      </p>
      <p>
        <span className="block text-quiet">{t(seat.isPaused ? 'holdPaused' : 'holdLeft')}</span>
        <Countdown
          until={holdExpiresAt}
          isStill={seat.isPaused || room.isPaused}
          label={t('holdLeft')}
          className="misprint font-poster text-[clamp(4rem,17vw,11rem)] leading-[0.85]"
        />
      </p>
      {pay.error ? <Fault title={wordsOf(pay.error)}>{t('nothingLost')}</Fault> : null}
      {payment?.state === 'failed' && !pay.error ? (
        <Fault title={t('payFailed')}>{t('nothingLost')}</Fault>
      ) : null}
      {isShort ? (
        <Fault
          title={t('short', { missing: fee - balance })}
          action={<ButtonLink href="/wallet">{t('wallet')}</ButtonLink>}
        >
          {t('shortHint')}
        </Fault>
      ) : null}
      <Button
        tone="gold"
        className="min-h-16 justify-self-start px-8"
        busy={isPaying}
        disabled={isShort}
        onClick={() => pay.mutate({ reservationId })}
      >
        {isPaying ? t('paying') : fee > 0 ? t('payAndConfirm', { count: fee }) : t('confirm')}
      </Button>
      {isShort || fee === 0 ? null : (
        <p className="text-quiet">
          <CoinMark /> {t('afterwards', { count: balance - fee })}
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        <ExtendHold seat={seat} />
        <ConfirmButton
          small
          label={t('giveUp')}
          title={t('giveUpTitle')}
          description={t('giveUpHint')}
          confirm={t('giveUp')}
          disabled={isPaying}
          act={leave}
          onConfirm={(_, done) => leave.mutate({ tournamentId }, { onSuccess: done })}
        />
      </div>
    </section>
  );
}

/** More time, once. */
function ExtendHold({ seat: { reservationId, mayExtend } }: { seat: Seat }) {
  const t = useTranslations('tournaments.waiting');
  const wordsOf = useRefusal();
  const extend = trpc.tournament.extendHold.useMutation();
  if (!mayExtend) return null;
  return (
    <>
      <Button small busy={extend.isPending} onClick={() => extend.mutate({ reservationId })}>
        {t('extend')}
      </Button>
      {extend.error ? <p className="basis-full text-data text-bad">{wordsOf(extend.error)}</p> : null}
    </>
  );
}

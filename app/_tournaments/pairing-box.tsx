'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { PairingView } from '@/server/tournaments/views/pairings';
import { cx } from '../_ui/cx';
import { Countdown } from './server-clock';
import { When } from './when';

type Slot = PairingView['player1'];

/** Two names, one over the other, and how it stands between them. What there is to see of it is a link. */
export function PairingBox({ pairing, isMine }: { pairing: PairingView; isMine?: boolean }) {
  const t = useTranslations('tournaments.bracket');
  const { player1, player2, wins1, wins2, winner, status, sessionId } = pairing;
  const names = { player1: player1?.playerName ?? t('open'), player2: player2?.playerName ?? t('open') };
  const isLive = status === 'running';
  const hasBegun = status === 'running' || status === 'ended';
  return (
    <div
      className={cx(
        'sheet relative flex h-full flex-col text-data',
        isLive && 'border-good',
        isMine && 'border-text shadow-[3px_3px_0_var(--text)]',
      )}
    >
      <Side slot={player1} side="p1" wins={hasBegun ? wins1 : undefined} outcome={outcomeOf(winner, 1)} />
      <Side slot={player2} side="p2" wins={hasBegun ? wins2 : undefined} outcome={outcomeOf(winner, 2)} />
      <p className="flex grow items-center justify-between gap-2 border-t-2 border-line px-2 text-[0.75rem] leading-none text-quiet">
        <span className="truncate">
          <State pairing={pairing} />
        </span>
        {sessionId && hasBegun ? (
          <Link
            href={`/watch/${sessionId}`}
            aria-label={t(isLive ? 'watchFight' : 'seeFight', names)}
            className={cx('link shrink-0 font-semibold after:absolute after:inset-0', isLive && 'text-good')}
          >
            {t(isLive ? 'live' : 'see')}
          </Link>
        ) : null}
      </p>
    </div>
  );
}

type Outcome = 'won' | 'lost' | 'open';
const outcomeOf = (winner: PairingView['winner'], side: 1 | 2): Outcome =>
  winner === 0 ? 'open' : winner === side ? 'won' : 'lost';

function Side({
  slot,
  side,
  wins,
  outcome,
}: {
  slot: Slot;
  side: 'p1' | 'p2';
  wins: number | undefined;
  outcome: Outcome;
}) {
  const t = useTranslations('tournaments.bracket');
  return (
    <p className="flex h-7 min-w-0 items-stretch leading-none not-first:border-t not-first:border-line">
      <span aria-hidden="true" className={cx('w-1.5 shrink-0', side === 'p1' ? 'bg-p1' : 'bg-p2')} />
      <span className="figure grid w-7 shrink-0 place-items-center text-quiet">{slot?.seed ?? ''}</span>
      <span
        className={cx(
          'my-auto min-w-0 grow truncate py-1',
          outcome === 'won' && 'font-semibold',
          outcome === 'lost' && 'text-quiet line-through',
          !slot && 'text-quiet',
        )}
      >
        {slot?.playerName ?? t('open')}
      </span>
      {outcome === 'won' ? <span className="sr-only">{t('won')}</span> : null}
      <span
        className={cx(
          'figure grid w-7 shrink-0 place-items-center',
          outcome === 'won' && 'bg-text font-semibold text-ground',
        )}
      >
        {wins}
      </span>
    </p>
  );
}

/** Where a pairing stands, in a few words. */
function State({ pairing }: { pairing: PairingView }) {
  const t = useTranslations('tournaments.bracket');
  const { status, reason, deadlineAt, notBefore, isReplay } = pairing;
  if (status === 'ended') return reason ? t(`reasons.${reason}`) : t('ended');
  if (isReplay) return t('replay');
  if (status === 'running') return t('fighting');
  if (status === 'called')
    return (
      <>
        {t('called')} {deadlineAt ? <Countdown until={deadlineAt} label={t('callLeft')} /> : null}
      </>
    );
  if (notBefore && Date.parse(notBefore) > Date.now())
    return (
      <>
        {t('notBefore')} <When at={notBefore} short />
      </>
    );
  return t(status === 'ready' ? 'ready' : 'waiting');
}

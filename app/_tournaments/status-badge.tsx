'use client';

import { useTranslations } from 'next-intl';
import type { TournamentSummary } from '@/server/tournaments/views/tournaments';
import { Badge, type BadgeTone } from '../_ui/badge';

const TONE: Readonly<Record<TournamentSummary['status'], BadgeTone>> = {
  scheduled: 'quiet',
  open: 'good',
  checkin: 'good',
  running: 'good',
  ended: 'quiet',
  cancelled: 'bad',
};

type Stated = Pick<TournamentSummary, 'status' | 'isPaused' | 'seats' | 'confirmed'>;

/** A tournament's state in one or two words. */
export function StatusBadge({ tournament, large }: { tournament: Stated; large?: boolean }) {
  const t = useTranslations('tournaments.status');
  const { status, isPaused, seats, confirmed } = tournament;
  const isOver = status === 'ended' || status === 'cancelled';
  if (isPaused && !isOver) return <Badge large={large}>{t('paused')}</Badge>;
  if (status === 'open' && confirmed >= seats) return <Badge large={large}>{t('full')}</Badge>;
  return (
    <Badge tone={TONE[status]} large={large}>
      {t(status)}
    </Badge>
  );
}

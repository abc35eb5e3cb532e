import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '../_ui/badge';

/** States of a match session (requirement S3, and two of our own). */
export const SESSION_STATUSES = [
  'requested',
  'accepted',
  'declined',
  'connecting',
  'connected',
  'paused',
  'ended',
  'failed',
] as const;

export type SessionStatus = (typeof SESSION_STATUSES)[number];

const TONES = {
  requested: 'quiet',
  accepted: 'quiet',
  declined: 'quiet',
  connecting: 'quiet',
  connected: 'good',
  paused: 'quiet',
  ended: 'gold',
  failed: 'bad',
} satisfies Record<SessionStatus, BadgeTone>;

/** A session's state as a word with a mark. */
export function SessionStatusBadge({ status, large }: { status: SessionStatus; large?: boolean }) {
  const t = useTranslations('admin');
  return (
    <Badge tone={TONES[status]} large={large}>
      {t(`statuses.${status}`)}
    </Badge>
  );
}

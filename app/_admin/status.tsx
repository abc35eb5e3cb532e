import { useTranslations } from 'next-intl';
import type { SessionStatus } from '../../proto/sessions';
import { Badge, type BadgeTone } from '../_ui/badge';

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

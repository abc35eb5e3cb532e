import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '../_ui/badge';

type Status = 'queued' | 'running' | 'ended' | 'stopped' | 'failed';

const TONES = {
  queued: 'quiet',
  running: 'good',
  ended: 'gold',
  stopped: 'quiet',
  failed: 'bad',
} satisfies Record<Status, BadgeTone>;

/** Where a training stands. */
export function TrainingStatusBadge({ status }: { status: Status }) {
  const t = useTranslations('training');
  return <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>;
}

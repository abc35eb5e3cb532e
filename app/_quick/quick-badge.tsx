'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getArcadeConnection } from '../_line/arcade-connection';
import { Button } from '../_ui/button';
import { cx } from '../_ui/cx';
import { useWait } from './use-wait';

/** Pages whose stage fills the window: no thumb bar there, and nothing that leads away from it. */
const STAGE = /^\/(play|practice)(\/|$)/;

/** On every page but the lobby, whose panel says the same: the wait goes on, and how it stands. */
export function QuickBadge() {
  const t = useTranslations('quick');
  const pathname = usePathname();
  const wait = useWait();
  if (!wait || pathname === '/lobby') return null;
  const isStage = STAGE.test(pathname);
  return (
    <section
      aria-label={t('title')}
      data-testid="quick-badge"
      className={cx(
        'sheet sheet-lifted fixed inset-x-4 z-30 mx-auto flex w-fit max-w-[calc(100%-2rem)] flex-wrap items-center justify-center gap-x-4 gap-y-1 px-3 py-1.5',
        // Held upright a phone has its buttons at the lower edge.
        isStage ? 'bottom-2 portrait:max-md:top-12 portrait:max-md:bottom-auto' : 'bottom-20 md:bottom-4',
      )}
    >
      <p role="timer" className="text-data tabular-nums">
        <span className="font-semibold">{wait.clock}</span>{' '}
        <span className={isStage ? 'max-md:hidden' : undefined}>
          {wait.window}, {wait.estimate}
        </span>
      </p>
      {isStage ? null : (
        <Link href="/play/warm-up" className="link text-data font-semibold">
          {t('warmUp')}
        </Link>
      )}
      <Button
        small
        onClick={() => {
          // Without a line the place is lost anyway.
          getArcadeConnection()
            .quickMatch.leave()
            .catch(() => undefined);
        }}
      >
        {t('stop')}
      </Button>
    </section>
  );
}

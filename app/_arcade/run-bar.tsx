'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useMuted } from '../_stage/sound/use-muted';
import { Button } from '../_ui/button';
import { Meter } from './meter';
import { RunMenu } from './run-menu';
import { useRunAt } from './use-run';

/** How the run stands, at the head of every step: stamina, points, and the way out. */
export function RunBar({ run }: { run: RunView }) {
  const t = useTranslations('arcade');
  const format = useFormatter();
  const { at, show } = useRunAt(run);
  const [isOpen, setOpen] = useState(false);
  const [muted, setMuted] = useMuted();
  const pause = trpc.arcade.pause.useMutation({ onSuccess: show });
  const isOver = run.status === 'ended';
  return (
    <div className="arcade-bar">
      <span className="flex items-center gap-2 text-data">
        <span aria-hidden="true">{t('stamina')}</span>
        <Meter value={run.stamina} label={t('stamina')} />
        <span aria-hidden="true" className="figure">
          {run.stamina}
        </span>
      </span>
      <span className="figure text-data">{t('points', { score: format.number(run.score) })}</span>
      <span className="figure text-data">{t('continuesLeft', { count: run.continues.left })}</span>
      <span className="ml-auto flex gap-2">
        <Button small onClick={() => setMuted(!muted)}>
          {t(muted ? 'fight.unmute' : 'fight.mute')}
        </Button>
        <Button small onClick={() => setOpen(true)}>
          {t('bag', { count: run.items.length })}
        </Button>
        {isOver ? null : (
          <Button small busy={pause.isPending} onClick={() => pause.mutate(at)}>
            {t('pause')}
          </Button>
        )}
      </span>
      <RunMenu run={run} open={isOpen} onOpenChange={setOpen} />
    </div>
  );
}

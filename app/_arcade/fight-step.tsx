'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { FightView, RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { ArcadeFight } from './arcade-fight';
import { Face } from './pictures';
import { SaidLines } from './said-lines';
import { StepFrame } from './step-frame';
import { useRunAt } from './use-run';
import { useWords } from './use-words';

/** A fight of the ladder: who waits, then the fight itself. */
export function FightStep({ run }: { run: RunView }) {
  const t = useTranslations('arcade.fight');
  const { of } = useWords();
  const wordsOf = useFault();
  const { at, show, refresh } = useRunAt(run);
  const [fight, setFight] = useState<FightView>();
  const call = trpc.arcade.fight.useMutation({ onSuccess: setFight, onError: () => void refresh() });
  const lose = trpc.arcade.report.useMutation({
    onSuccess: (answer) => show(answer.run),
    onError: () => void refresh(),
  });
  // Begun too often: it is lost, and the story goes on from there.
  const tooOften =
    call.error?.data?.detail?.reason === 'begun_too_often' ? call.error.data.detail.fightId : undefined;
  const { mutate: report } = lose;
  useEffect(() => {
    if (typeof tooOften === 'string') report({ ...at, fightId: tooOften, inputs: '', givesUp: true });
  }, [tooOften, report, at]);

  if (fight) return <ArcadeFight run={run} fight={fight} onDone={show} />;
  const { opponent } = run;
  return (
    <StepFrame
      run={run}
      still={run.still}
      title={run.title}
      text={run.text}
      told={<SaidLines lines={run.lines} />}
    >
      {opponent ? (
        <p className="flex flex-wrap items-center gap-3">
          <Face look={opponent.look} name={of(opponent.name)} large />
          <span>
            <span className="block font-poster text-heading text-p2-text">{of(opponent.name)}</span>
            <span className="block text-quiet">{t('terms', { rounds: opponent.winsNeeded })}</span>
          </span>
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button tone="gold" busy={call.isPending || lose.isPending} onClick={() => call.mutate(at)}>
          {t('begin')}
        </Button>
      </div>
      {call.error && !tooOften ? (
        <p role="alert" className="text-bad">
          {wordsOf(call.error)}
        </p>
      ) : null}
    </StepFrame>
  );
}

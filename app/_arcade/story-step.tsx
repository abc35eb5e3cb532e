'use client';

import { useTranslations } from 'next-intl';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { ActMap } from '../_stills/act-map';
import { Button, ButtonLink } from '../_ui/button';
import { ChoiceList } from './choice-list';
import { ContinueStep } from './continue-step';
import { mapOf } from './map-of';
import { SaidLines } from './said-lines';
import { StepFrame } from './step-frame';
import { useStinger } from './stingers';
import { useRunAt } from './use-run';
import { useWords } from './use-words';

/** Every step that is no fight: a scene with choices, a map, a rest, a fight that was lost, an ending. */
export function StoryStep({ run }: { run: RunView }) {
  const t = useTranslations('arcade');
  const { of } = useWords();
  if (run.moment === 'continue')
    return (
      <StepFrame run={run} still="coin" title={run.title} text={null} told={<SaidLines lines={run.lines} />}>
        <ContinueStep run={run} />
      </StepFrame>
    );
  if (run.moment === 'ending' || run.moment === 'over') {
    const { ending } = run;
    return (
      <StepFrame
        run={run}
        still={ending ? (ending.still ?? run.still) : 'loss'}
        title={ending?.title ?? t('over')}
        text={ending?.text ?? null}
        // What was said last was said to somebody who might go on.
        told={ending ? <SaidLines lines={run.lines} /> : null}
      >
        <p className="font-poster text-heading">{t('finalScore', { score: run.score })}</p>
        {ending ? null : <p>{t('overHint')}</p>}
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/arcade" tone="gold">
            {t('toLadders')}
          </ButtonLink>
        </div>
      </StepFrame>
    );
  }
  const map = run.moment === 'map' ? mapOf(run, of) : undefined;
  return (
    <StepFrame
      run={run}
      still={run.still}
      title={run.title}
      text={run.text}
      picture={
        map ? (
          <ActMap
            act={actOf(run.act.number)}
            label={of(run.title)}
            nodes={map.nodes}
            roads={map.roads}
            className="absolute inset-0 size-full"
          />
        ) : undefined
      }
      told={<SaidLines lines={run.lines} />}
    >
      {run.moment === 'rest' ? <RestStep run={run} /> : <ChoiceStep run={run} />}
    </StepFrame>
  );
}

function ChoiceStep({ run }: { run: RunView }) {
  const wordsOf = useFault();
  const { of } = useWords();
  const play = useStinger();
  const { at, show, refresh } = useRunAt(run);
  const choose = trpc.arcade.choose.useMutation({ onSuccess: show, onError: () => void refresh() });
  return (
    <>
      <ChoiceList
        choices={run.choices.map(({ id, label, tone }) => ({ id, label: of(label), tone }))}
        busy={choose.isPending ? choose.variables.choice : undefined}
        onChoice={(choice) => {
          play('choice');
          choose.mutate({ ...at, choice });
        }}
      />
      {choose.error ? (
        <p role="alert" className="text-bad">
          {wordsOf(choose.error)}
        </p>
      ) : null}
    </>
  );
}

function RestStep({ run }: { run: RunView }) {
  const t = useTranslations('arcade');
  const wordsOf = useFault();
  const { at, show, refresh } = useRunAt(run);
  const rest = trpc.arcade.rest.useMutation({ onSuccess: show, onError: () => void refresh() });
  return (
    <div>
      <Button tone="gold" busy={rest.isPending} onClick={() => rest.mutate(at)}>
        {t('rest')}
      </Button>
      {rest.error ? (
        <p role="alert" className="text-bad">
          {wordsOf(rest.error)}
        </p>
      ) : null}
    </div>
  );
}

/** Maps are drawn for three acts; later ones look like the last. */
const actOf = (number: number): 1 | 2 | 3 => (number <= 1 ? 1 : number === 2 ? 2 : 3);

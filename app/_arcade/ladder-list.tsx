'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Still } from '../_stills/still';
import { Button, ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Sheet } from '../_ui/sheet';
import { Fault, SkeletonRows } from '../_ui/states';
import { LadderRun } from './ladder-run';
import { useWords } from './use-words';

/** A ladder for each fighter: begin it, or go on where one stopped. */
export function LadderList({
  fighters,
  isSignedIn,
}: {
  fighters: readonly FighterCard[];
  isSignedIn: boolean;
}) {
  const t = useTranslations('arcade');
  const { of, language } = useWords();
  const wordsOf = useFault();
  const router = useRouter();
  const [isLeaving, setLeaving] = useState(false);
  const { data, error, refetch } = trpc.arcade.ladders.useQuery();
  const start = trpc.arcade.start.useMutation({
    onSuccess({ runId }) {
      setLeaving(true);
      router.push(`/arcade/${runId}`);
    },
  });
  if (error)
    return (
      <Fault title={t('noLadders')} action={<Button onClick={() => void refetch()}>{t('again')}</Button>}>
        {wordsOf(error)}
      </Fault>
    );
  if (!data) return <SkeletonRows rows={2} label={t('loading')} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
      {start.error ? <Fault title={t('notStarted')}>{wordsOf(start.error)}</Fault> : null}
      {data.ladders.map((ladder) => {
        const fighter = fighters.find(({ id }) => id === ladder.character);
        return (
          <Sheet
            key={ladder.key}
            lifted
            className="grid content-start overflow-hidden"
            data-testid={`ladder-${ladder.key}`}
          >
            <div className="relative aspect-[2/1] overflow-hidden border-b-2 border-line">
              <Still
                id={fighter?.slug === 'bawi' ? 'quarry' : 'harbour'}
                label={of(ladder.title)}
                character={ladder.character === 2 ? 2 : 1}
                className="absolute inset-x-0 top-0 h-[150%] w-full"
              />
            </div>
            <div className="grid content-start gap-3 p-5">
              {/* The lower third of a still is left free for words, which stand below here. */}
              <h2 className="text-title">{of(ladder.title)}</h2>
              <p className="text-quiet">
                {t('climbedBy', { name: fighter?.name ?? '', acts: ladder.acts })}
                {ladder.best ? ` · ${t('best', { score: ladder.best.score })}` : null}
              </p>
              <p>{of(ladder.text)}</p>
              {ladder.run ? (
                <LadderRun run={ladder.run} />
              ) : isSignedIn ? (
                <div>
                  <Button
                    tone="gold"
                    busy={(start.isPending && start.variables.ladder === ladder.key) || isLeaving}
                    onClick={() => start.mutate({ ladder: ladder.key, language })}
                  >
                    {t('begin')}
                  </Button>
                </div>
              ) : (
                <div>
                  <ButtonLink href="/login?callbackUrl=/arcade" tone="gold">
                    {t('logIn')}
                  </ButtonLink>
                </div>
              )}
            </div>
          </Sheet>
        );
      })}
    </div>
  );
}

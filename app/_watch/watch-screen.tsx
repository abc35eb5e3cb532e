'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Badge } from '../_ui/badge';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Page } from '../_ui/page';
import { Fault, Skeleton } from '../_ui/states';
import { newExhibitionId } from './exhibition';
import { LiveFight } from './live-fight';
import { useMatchList } from './match-list';
import type { FightPhase } from './use-live-fight';
import { watchHref } from './watch-href';

/** The rules and a second stage come only to pages of fights that are over. */
const FinishedFight = dynamic(() => import('./finished-fight').then((module) => module.FinishedFight), {
  ssr: false,
});

const RETRY_MS = 3_000;

/** One fight for viewers: the stage as large as the window allows, and a line about it below. */
export function WatchScreen({
  matchId,
  characters: asked,
  fighters,
}: {
  matchId: string;
  /** From the address of an exhibition; a match between people has its own. */
  characters: readonly [number, number] | undefined;
  fighters: readonly FighterCard[];
}) {
  const t = useTranslations('watch');
  const wordsOf = useFault();
  const [phase, setPhase] = useState<FightPhase>({ step: 'connecting' });
  const match = trpc.match.get.useQuery(
    { matchId },
    {
      staleTime: Number.POSITIVE_INFINITY,
      // Only while there is no answer at all.
      refetchInterval: ({ state }) => (state.data === undefined && state.error ? RETRY_MS : false),
    },
  );
  const { data: list } = useMatchList();
  const found = match.data;
  const viewers = [...(list?.live ?? []), ...(list?.exhibitions ?? [])].find(
    (fight) => fight.matchId === matchId,
  )?.viewers;

  if (match.error && found === undefined)
    return <Instead title={t('listFailed')}>{wordsOf(match.error)}</Instead>;
  if (found === null && !asked) return <Instead title={t('unknown')}>{t('unknownHint')}</Instead>;

  const characters = found
    ? ([found.player1.characterId ?? 1, found.player2.characterId ?? 1] as const)
    : (asked ?? [1, 1]);
  const fighterName = (id: number) => fighters.find((fighter) => fighter.id === id)?.name ?? `#${id}`;
  const names = found
    ? ([found.player1.playerName, found.player2.playerName] as const)
    : ([fighterName(characters[0]), fighterName(characters[1])] as const);

  const live = (
    <LiveFight
      key={matchId}
      request={{ matchId, player1Id: characters[0], player2Id: characters[1] }}
      names={names}
      characters={characters}
      seed={found?.seed}
      onPhase={setPhase}
    />
  );
  const end = found?.hasReplay ? found.result : null;
  const picture = end ? (
    <FinishedFight
      matchId={matchId}
      names={names}
      characters={characters}
      seed={found?.seed ?? 0}
      otherwise={live}
    />
  ) : (
    live
  );

  return (
    <div className="flex grow flex-col">
      <h1 className="sr-only">{t('fightOf', { player1: names[0], player2: names[1] })}</h1>
      <div className="relative aspect-[4/5] w-full bg-[#14121a] sm:aspect-video md:aspect-auto md:min-h-64 md:grow">
        {found === undefined ? <Skeleton className="absolute inset-0" /> : picture}
      </div>
      <div className="border-t-2 border-line">
        <div className="mx-auto flex min-h-16 w-full max-w-7xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2 md:px-6">
          <PhaseBadge
            phase={end ? { step: 'ended', winner: end.winner, reason: end.reason } : phase}
            isExhibition={found === null}
          />
          {viewers ? <span className="text-quiet">{t('viewers', { count: viewers })}</span> : null}
          {found === undefined ? null : (
            <span className="text-quiet">{found ? t('betweenPlayers') : t('betweenBots')}</span>
          )}
          <span className="ml-auto flex gap-3">
            {phase.step === 'ended' || phase.step === 'failed' ? (
              <NextFight characters={characters} isExhibition={!found} />
            ) : null}
            <ButtonLink href="/watch">{t('allFights')}</ButtonLink>
          </span>
        </div>
      </div>
    </div>
  );
}

/** What is said in place of a fight that can't be shown. */
function Instead({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations('watch');
  return (
    <Page>
      <h1 className="sr-only">{t('title')}</h1>
      <Fault title={title} action={<ButtonLink href="/watch">{t('allFights')}</ButtonLink>}>
        {children}
      </Fault>
    </Page>
  );
}

function PhaseBadge({ phase, isExhibition }: { phase: FightPhase; isExhibition: boolean }) {
  const t = useTranslations('watch');
  if (phase.step === 'live')
    return <Badge tone="good">{isExhibition ? t('liveExhibition') : t('live')}</Badge>;
  if (phase.step === 'ended') return <Badge>{t('ended')}</Badge>;
  if (phase.step === 'failed') return <Badge tone="bad">{t('failed')}</Badge>;
  return <Badge>{t(phase.step)}</Badge>;
}

function NextFight({
  characters,
  isExhibition,
}: {
  characters: readonly [number, number];
  isExhibition: boolean;
}) {
  const t = useTranslations('watch');
  const [matchId] = useState(newExhibitionId);
  if (!isExhibition) return null;
  return (
    <ButtonLink tone="gold" href={watchHref({ matchId, characters })}>
      {t('again')}
    </ButtonLink>
  );
}

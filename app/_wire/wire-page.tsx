'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { ButtonLink } from '../_ui/button';
import { PageTitle } from '../_ui/page-title';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Empty } from '../_ui/states';
import { diagnose, type Tellers } from './diagnose';
import { Moment } from './moment';
import { StatementList } from './statement-list';
import { calledOf, tellersOf, type Wire } from './tellers';
import { WirePicture } from './wire-picture';
import { WireTable } from './wire-table';

const AGAIN_MS = 3_000;
/** So long after a fight the other page may still tell. */
const HOPE_MS = 60_000;

/** What happened on the line of a fight: the sentences, the picture, and the picture as a table. */
export function WirePage({ wire: first, isAdmin }: { wire: Wire; isAdmin: boolean }) {
  const t = useTranslations('wire');
  const site = useTranslations('meta');
  const query = trpc.match.wire.useQuery(
    { sessionId: first.sessionId },
    { initialData: first, refetchInterval: ({ state }) => (isAwaited(state.data) ? AGAIN_MS : false) },
  );
  const wire = query.data ?? first;
  const tellers = useMemo(() => tellersOf(wire), [wire]);
  const statements = useMemo(() => diagnose(tellers), [tellers]);
  const called = calledOf(wire, (name) => t('you', { name }));
  const [cursorMs, setCursorMs] = useState(() => firstSecond(tellers));
  const isKnown = tellers.some((story) => (story?.samples.length ?? 0) > 0);
  return (
    <>
      {/* Who comes from a fight's page by its link gets none of the page's own metadata. */}
      <title>{`${t('title')} · ${site('title')}`}</title>
      <PageTitle title={t('title')}>
        <span className="text-p1-text">{called[0]}</span> {t('versus')}{' '}
        <span className="text-p2-text">{called[1]}</span>. {t('lead')}
      </PageTitle>
      <Stale query={query} className="mb-4" />
      {isAwaited(wire) ? (
        <p className="mb-4 text-quiet" data-testid="wire-waiting">
          {t('waiting')}
        </p>
      ) : null}
      {isKnown ? (
        <div className="grid gap-10">
          <Section title={t('words')}>
            <StatementList statements={statements} called={called} />
          </Section>
          <Section title={t('picture')}>
            <p className="mb-4 text-quiet">{t('pictureHint', { one: called[0], two: called[1] })}</p>
            <WirePicture tellers={tellers} called={called} cursorMs={cursorMs} />
            <Moment tellers={tellers} called={called} atMs={cursorMs} onMove={setCursorMs} />
            <WireTable tellers={tellers} called={called} />
          </Section>
        </div>
      ) : (
        <Empty title={t('empty.title')} action={<ButtonLink href="/lobby">{t('toLobby')}</ButtonLink>}>
          {t('empty.text')} {t('empty.kept')}
        </Empty>
      )}
      {isAdmin ? (
        <p className="mt-8">
          <ButtonLink small href={`/admin/sessions/${wire.sessionId}`}>
            {t('toSession')}
          </ButtonLink>
        </p>
      ) : null}
    </>
  );
}

/** Whether a page may still tell something. */
function isAwaited(wire: Wire | undefined): boolean {
  if (!wire || wire.stories.every((story) => story?.isLast)) return false;
  return wire.endedAt === null || Date.now() - wire.endedAt.getTime() < HOPE_MS;
}

/** Where reading begins: the first whole second of which something is known. */
function firstSecond(tellers: Tellers): number {
  const starts = tellers.flatMap((story) => story?.samples[0]?.at ?? []);
  return starts.length === 0 ? 0 : Math.ceil(Math.max(...starts) / 1_000) * 1_000;
}

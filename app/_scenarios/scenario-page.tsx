'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Fault, SkeletonRows } from '../_ui/states';
import type { KeptDraft } from './draft-store';
import { ScenarioEditor } from './scenario-editor';
import { isTemplate, templateOf } from './templates';

const NEW = 'new-';

/**
 * The editor of one scenario.
 * @param name its id, `new-` and a template, or `import` for a file that was just read
 */
export function ScenarioPage({ name, fighters }: { name: string; fighters: readonly FighterCard[] }) {
  const template = name.startsWith(NEW) ? name.slice(NEW.length) : undefined;
  const isNew = isTemplate(template) || name === 'import';
  // What the browser keeps is there in the browser only.
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  const [fresh] = useState<KeptDraft>(() => ({
    draft: templateOf(isTemplate(template) ? template : 'plain'),
    version: 0,
  }));
  const t = useTranslations('scenarios');
  if (!isHere) return <SkeletonRows rows={6} label={t('loading')} />;
  if (isNew) return <ScenarioEditor name={name} saved={fresh} fighters={fighters} />;
  return <Known scenarioId={name} fighters={fighters} />;
}

function Known({ scenarioId, fighters }: { scenarioId: string; fighters: readonly FighterCard[] }) {
  const t = useTranslations('scenarios');
  const faultOf = useFault();
  // What is edited must not change under the hands because somebody looked at another window.
  const { data, error } = trpc.scenario.get.useQuery(
    { scenarioId },
    {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  );
  if (error)
    return (
      <Fault title={t('failed')} action={<ButtonLink href="/scenarios">{t('toList')}</ButtonLink>}>
        {faultOf(error)}
      </Fault>
    );
  if (!data) return <SkeletonRows rows={6} label={t('loading')} />;
  return <Loaded scenarioId={scenarioId} fighters={fighters} data={data} />;
}

function Loaded({
  scenarioId,
  fighters,
  data,
}: {
  scenarioId: string;
  fighters: readonly FighterCard[];
  data: { readonly version: number; readonly scenario: object };
}) {
  const [saved] = useState<KeptDraft>(() => ({
    draft: JSON.parse(JSON.stringify(data.scenario)),
    version: data.version,
  }));
  return <ScenarioEditor name={scenarioId} scenarioId={scenarioId} saved={saved} fighters={fighters} />;
}

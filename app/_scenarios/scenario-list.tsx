'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { ScrollArea } from '../_ui/scroll-area';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { exportFile } from './export-file';
import { ImportFile } from './import-file';
import { TEMPLATES } from './templates';

/** Every scenario, and the ways to a new one. */
export function ScenarioList() {
  const t = useTranslations('scenarios');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap gap-3">
        {TEMPLATES.map((template) => (
          <ButtonLink
            key={template}
            href={`/scenarios/new-${template}`}
            {...(template === 'situation' ? { tone: 'gold' as const } : {})}
          >
            {t(`new.${template}`)}
          </ButtonLink>
        ))}
      </div>
      <ImportFile />
      <Known />
    </div>
  );
}

function Known() {
  const t = useTranslations('scenarios');
  const faultOf = useFault();
  const format = useFormatter();
  const utils = trpc.useUtils();
  const list = trpc.scenario.list.useQuery({});
  if (list.isPending) return <SkeletonRows rows={4} label={t('loading')} />;
  if (!list.data) return <Fault title={t('failed')}>{faultOf(list.error)}</Fault>;
  if (list.data.length === 0) return <Empty title={t('none')}>{t('noneHint')}</Empty>;
  return (
    <ScrollArea label={t('title')} className="sheet">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('titleField')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col">{t('version')}</th>
            <th scope="col">{t('updated')}</th>
            <th scope="col">
              <span className="sr-only">{t('export')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.data.map(({ scenarioId, title, kind, version, updatedAt }) => (
            <tr key={scenarioId}>
              <th scope="row">
                <Link className="link" href={`/scenarios/${scenarioId}`}>
                  {title}
                </Link>
              </th>
              <td>{t(`kinds.${kind}`)}</td>
              <td className="figure">{version}</td>
              <td className="figure">
                {format.dateTime(updatedAt, { dateStyle: 'short', timeStyle: 'short' })}
              </td>
              <td>
                <Button
                  small
                  aria-label={t('exportNamed', { title })}
                  onClick={async () => {
                    const { scenario } = await utils.scenario.get.fetch({ scenarioId });
                    exportFile(JSON.parse(JSON.stringify(scenario)), title);
                  }}
                >
                  {t('export')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

import { useFormatter, useTranslations } from 'next-intl';
import { ScrollArea } from '../_ui/scroll-area';
import type { Tellers } from './diagnose';
import { lookOf } from './mark-lanes';
import { clock } from './picture-layout';
import { type TableCell, tableRows } from './table-rows';

const FIGURES = ['ping', 'jitter', 'loss', 'deepest', 'waited', 'route', 'marks'] as const;

/** The picture in numbers, for whoever can't see it or wants to copy it. */
export function WireTable({ tellers, called }: { tellers: Tellers; called: readonly [string, string] }) {
  const t = useTranslations('wire');
  return (
    <details className="mt-6">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('table')}</summary>
      <ScrollArea label={t('table')} className="sheet max-h-96">
        <table className="data-table">
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t('columns.time')}
              </th>
              {called.map((name) => (
                <th key={name} colSpan={FIGURES.length} scope="colgroup">
                  {name}
                </th>
              ))}
            </tr>
            <tr>
              {called.flatMap((name) =>
                FIGURES.map((figure) => (
                  <th key={`${name} ${figure}`} scope="col">
                    {t(`columns.${figure}`)}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {tableRows(tellers).map(({ at, sides }) => (
              <tr key={at}>
                <th scope="row" className="figure">
                  {clock(at)}
                </th>
                <Cells cell={sides[0]} />
                <Cells cell={sides[1]} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </details>
  );
}

function Cells({ cell }: { cell: TableCell | undefined }) {
  const t = useTranslations('wire.axis');
  const routes = useTranslations('play.routes');
  const marksOf = useTranslations('wire.marks');
  const format = useFormatter();
  const read: Record<(typeof FIGURES)[number], (one: TableCell) => string> = {
    ping: ({ ping }) => t('ms', { value: ping }),
    jitter: ({ jitter }) => t('ms', { value: jitter }),
    loss: ({ loss }) => t('percent', { value: format.number(loss / 10) }),
    deepest: ({ deepest }) => t('frames', { value: deepest }),
    waited: ({ waited }) => t('ms', { value: waited }),
    route: ({ route }) => routes(route),
    marks: ({ marks }) =>
      [...new Set(marks.flatMap((type) => lookOf(type) ?? []).map((look) => marksOf(look)))].join(', ') ||
      '–',
  };
  return FIGURES.map((figure) => (
    <td key={figure} className="figure whitespace-nowrap">
      {cell ? read[figure](cell) : '–'}
    </td>
  ));
}

import { useFormatter, useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '../_ui/badge';
import { clock } from './picture-layout';
import type { Severity, Statement } from './statements';

const TONE = { bad: 'bad', note: 'quiet', good: 'good' } as const satisfies Record<Severity, BadgeTone>;

/** What a line's stories say, a sentence each, the worst first. */
export function StatementList({
  statements,
  called,
}: {
  statements: readonly Statement[];
  /** What player 1 and player 2 are called here. */
  called: readonly [string, string];
}) {
  const t = useTranslations('wire');
  const sentenceOf = useSentence(called);
  return (
    <ul className="grid gap-2" data-testid="statements">
      {statements.map((statement) => (
        <li
          key={`${statement.kind} ${'side' in statement ? statement.side : ''}`}
          data-kind={statement.kind}
          data-side={'side' in statement ? statement.side : undefined}
          className="grid gap-x-4 border-2 border-line bg-raised px-4 py-3 sm:grid-cols-[9rem_minmax(0,1fr)] sm:items-baseline"
        >
          <Badge tone={TONE[statement.severity]}>{t(`severities.${statement.severity}`)}</Badge>
          <p className={statement.severity === 'note' ? undefined : 'text-lead'}>{sentenceOf(statement)}</p>
        </li>
      ))}
    </ul>
  );
}

/** Says a statement in the page's language. */
function useSentence(called: readonly [string, string]): (statement: Statement) => string {
  const t = useTranslations('wire.statements');
  const routes = useTranslations('play.routes');
  const units = useTranslations('wire.units');
  const format = useFormatter();
  const lasting = (ms: number) =>
    ms < 1_000
      ? units('ms', { value: ms })
      : units('s', { value: format.number(ms / 1_000, { maximumFractionDigits: 1 }) });
  const percent = (value: number) =>
    format.number(value / 100, { style: 'percent', maximumFractionDigits: 1 });
  return (statement) => {
    const name = 'side' in statement ? (called[statement.side - 1] ?? '') : '';
    switch (statement.kind) {
      case 'loss':
        return t('loss', { ...statement, ...stretch(statement), name, percent: percent(statement.percent) });
      case 'spike':
        return t('spike', { ...statement, ...stretch(statement) });
      case 'frozen':
      case 'wait':
      case 'reload':
      case 'away':
      case 'held':
      case 'silent':
        return t(statement.kind, {
          ...{ name, times: statement.times },
          ...{ at: clock(statement.at), longest: lasting(statement.longestMs) },
        });
      case 'far':
        return t('far', { ping: statement.ping });
      case 'jitter':
        return t('jitter', { name, jitter: statement.jitter });
      case 'rerouted': {
        const added = statement.addedMs ?? 0;
        return t('rerouted', {
          ...{ at: clock(statement.at), route: routes(statement.route) },
          ...{ change: added > 0 ? 'longer' : added < 0 ? 'shorter' : 'same', added: Math.abs(added) },
        });
      }
      case 'routed':
        return t('routed', { route: routes(statement.route) });
      case 'unfair':
        return t('unfair', { name, percent: percent(statement.percent) });
      case 'steady':
        return t('steady', { ping: statement.ping, deepest: statement.deepest });
      case 'practice':
      case 'missing':
      case 'partial':
        return t(statement.kind, { name });
    }
  };
}

function stretch({ at, to }: { readonly at: number; readonly to: number }) {
  return { from: clock(at), to: clock(to) };
}

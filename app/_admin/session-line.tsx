import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Section } from '../_ui/sheet';
import { Fact, Facts } from './facts';
import { span } from './format-time';

/** What one page's report of the line comes to. */
export interface LineReport {
  readonly side: number;
  readonly isLast: boolean;
  readonly pingMs: number;
  readonly lossPerMille: number;
  readonly deepestFrames: number;
  readonly waitedMs: number;
}

/** The line of a session in a few figures, and the way to the whole picture. */
export function SessionLine({
  sessionId,
  names,
  reports,
}: {
  sessionId: string;
  names: readonly [string, string];
  reports: readonly LineReport[];
}) {
  const t = useTranslations('admin.line');
  const locale = useLocale();
  return (
    <Section
      title={t('title')}
      aside={
        <Link href={`/match/${encodeURIComponent(sessionId)}`} className="link font-semibold">
          {t('open')}
        </Link>
      }
    >
      {reports.length === 0 ? (
        <p className="text-quiet">{t('none')}</p>
      ) : (
        <Facts>
          {reports.map((report) => (
            <Fact
              key={report.side}
              name={`${names[report.side - 1] ?? ''}${report.isLast ? '' : ` ${t('partial')}`}`}
              value={t('figures', {
                ping: report.pingMs,
                loss: (report.lossPerMille / 10).toLocaleString(locale),
                deepest: report.deepestFrames,
                waited: span(report.waitedMs, locale),
              })}
            />
          ))}
        </Facts>
      )}
    </Section>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import { Fault } from '../_ui/states';
import { checkDraw, type DrawReport } from './check-draw';
import { keptNonce } from './nonce';
import { readQueueLog } from './read-queue-log';
import { When } from './when';

type Checking =
  | { readonly step: 'idle' }
  | { readonly step: 'reading'; readonly lines: number }
  | { readonly step: 'done'; readonly report: DrawReport }
  | { readonly step: 'failed' };

/** Recomputes the draw, and everything after it, from the public log: nobody has to be believed. */
export function DrawCheck({ tournamentId, entryId }: { tournamentId: string; entryId: string | undefined }) {
  const t = useTranslations('tournaments.proof');
  const [checking, setChecking] = useState<Checking>({ step: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function check(): Promise<void> {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setChecking({ step: 'reading', lines: 0 });
    try {
      const own = { entryId, nonce: keptNonce(tournamentId) };
      const report = await checkDraw(readQueueLog(tournamentId, abort.signal), own, (lines) =>
        setChecking({ step: 'reading', lines }),
      );
      if (!abort.signal.aborted) setChecking({ step: 'done', report });
    } catch {
      if (!abort.signal.aborted) setChecking({ step: 'failed' });
    }
  }

  const isReading = checking.step === 'reading';
  return (
    <section aria-label={t('title')} className="sheet grid gap-3 p-4">
      <h2 className="text-lead">{t('title')}</h2>
      <p className="text-data text-quiet">{t('hint')}</p>
      <div>
        <Button small busy={isReading} onClick={() => void check()}>
          {isReading ? t('reading', { lines: checking.lines }) : t('check')}
        </Button>
      </div>
      {checking.step === 'failed' ? <Fault title={t('failed')}>{t('failedHint')}</Fault> : null}
      {checking.step === 'done' ? <Report report={checking.report} /> : null}
      <a
        href={`/api/tournaments/${tournamentId}/queue-log`}
        download={`${tournamentId}.ndjson`}
        className="link text-data font-semibold"
      >
        {t('download')}
      </a>
    </section>
  );
}

function Report({ report }: { report: DrawReport }) {
  const t = useTranslations('tournaments.proof');
  const { fault, lines, commitment, sealed, revealed, own } = report;
  return (
    <div role="status" className="grid gap-3 border-t-2 border-line pt-3">
      <p>
        {fault ? (
          <Badge tone="bad" large>
            {t('wrong')}
          </Badge>
        ) : (
          <Badge tone="good" large>
            {t('right')}
          </Badge>
        )}
      </p>
      {fault ? (
        <p className="text-data">
          {t('fault', { line: fault.seq })} <span lang="en">{fault.what}</span>
        </p>
      ) : null}
      <ol className="grid list-decimal gap-3 pl-5 text-data">
        {commitment ? (
          <Item words={t('committed')} at={commitment.at} value={commitment.seedHash} />
        ) : (
          <li>{t('noDraw')}</li>
        )}
        {commitment && !sealed ? <li>{t('notSealed')}</li> : null}
        {sealed ? (
          <Item words={t('sealed', { count: sealed.entries })} at={sealed.at} value={sealed.listHash} />
        ) : null}
        {revealed ? (
          <Item words={t('revealed')} at={revealed.at} value={revealed.seed}>
            <span className="mt-1 block">{t('itsHash')}</span>
            <Hash value={revealed.seedHash} />
            {revealed.seedHash === commitment?.seedHash ? <Badge tone="good">{t('same')}</Badge> : null}
          </Item>
        ) : null}
        {fault ? null : <li>{t('replayed', { lines })}</li>}
        {own ? (
          <li className="font-semibold">
            {own.drawnAs > 0 ? t('drawnAs', { place: own.drawnAs }) : revealed ? t('cameLater') : null}{' '}
            {own.position > 0 ? t('standsAt', { position: own.position }) : null}
            {own.isNonceKept === undefined ? null : (
              <span className="block font-normal">{t(own.isNonceKept ? 'nonceKept' : 'nonceLost')}</span>
            )}
          </li>
        ) : null}
      </ol>
    </div>
  );
}

function Item({
  words,
  at,
  value,
  children,
}: {
  words: string;
  at: string;
  value: string;
  children?: ReactNode;
}) {
  return (
    <li>
      {words}{' '}
      <span className="text-quiet">
        <When at={at} short />
      </span>
      <Hash value={value} />
      {children}
    </li>
  );
}

function Hash({ value }: { value: string }) {
  return <code className="figure block break-all text-quiet">{value}</code>;
}

'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { Standing } from './traffic';
import { evidenceLine, type Interval, intervalBand, type Sample, withSample } from './traffic-series';

const FRAME = { width: 600, height: 140 };

/** What speaks against the new protocol, and how far the two are apart, drawn as it comes in. */
export function TrafficChart({ standing, atMs }: { standing: Standing; atMs: number }) {
  const t = useTranslations('admin.trafficPage');
  const format = useFormatter();
  const { evidence, enough, errors, slow, newCalls, oldCalls } = standing;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((before) => {
      const isNew = newCalls === 0 && (before.at(-1)?.evidence ?? 0) > evidence;
      return withSample(before, { atMs, evidence, errors, slow }, isNew);
    });
  }, [atMs, evidence, errors, slow, newCalls]);
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 4 });
  const percent = (value: number) => `${number(100 * value)} %`;
  const inWords = (interval: Interval | null) =>
    interval
      ? t('interval', {
          mean: percent(interval.mean),
          low: percent(interval.low),
          high: percent(interval.high),
        })
      : t('noInterval');
  const line = evidenceLine(samples, enough, FRAME);
  return (
    <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-3">
      <Figure
        title={t('evidence')}
        words={t('evidenceWords', { evidence: number(evidence), enough: number(enough), oldCalls, newCalls })}
      >
        <path
          d={`M0 ${line.enoughAt}H${FRAME.width}`}
          className="stroke-bad"
          strokeWidth="2"
          strokeDasharray="8 6"
          fill="none"
        />
        <path d={line.path} className="stroke-text" strokeWidth="2.5" fill="none" />
      </Figure>
      {(['errors', 'slow'] as const).map((which) => {
        const drawn = intervalBand(samples, which, FRAME);
        return (
          <Figure key={which} title={t(`difference.${which}`)} words={inWords(standing[which])}>
            {drawn ? (
              <>
                <path d={drawn.band} className="fill-text/20" />
                <path d={drawn.mean} className="stroke-text" strokeWidth="2.5" fill="none" />
                <path
                  d={`M0 ${drawn.zeroAt}H${FRAME.width}`}
                  className="stroke-edge"
                  strokeWidth="2"
                  fill="none"
                />
              </>
            ) : null}
          </Figure>
        );
      })}
    </div>
  );
}

function Figure({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <figure className="m-0 grid min-w-0 content-start gap-2 border-2 border-line bg-raised p-3">
      <figcaption className="font-semibold">{title}</figcaption>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
        preserveAspectRatio="none"
        className="h-36 w-full overflow-hidden bg-sunken"
      >
        {children}
      </svg>
      <p className="figure text-data text-quiet">{words}</p>
    </figure>
  );
}

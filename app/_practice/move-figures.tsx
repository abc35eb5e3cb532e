'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Measure } from './measure';

const KEYS = ['startup', 'active', 'recovery', 'hits', 'damage'] as const;

/** Frames of the last move and worth of the last combo; written outside React. */
export function MoveFigures({ measure }: { measure: Measure }) {
  const t = useTranslations('practice.figures');
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => {
    let request = requestAnimationFrame(function write() {
      for (const [index, cell] of [...(list.current?.querySelectorAll('dd') ?? [])].entries()) {
        const key = KEYS[index];
        const text = key ? String(measure.figures[key]) : '';
        if (cell.textContent !== text) cell.textContent = text;
      }
      request = requestAnimationFrame(write);
    });
    return () => cancelAnimationFrame(request);
  }, [measure]);
  return (
    <dl
      ref={list}
      data-testid="figures"
      className="grid w-32 grid-cols-[1fr_auto] gap-x-2 border-2 border-edge bg-ground/85 px-2 py-1 font-mono text-data tabular-nums"
    >
      {KEYS.map((key) => (
        <div key={key} className="contents">
          <dt className="text-quiet">{t(key)}</dt>
          <dd className="text-right">0</dd>
        </div>
      ))}
    </dl>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { RunView } from '@/server/arcade/views';
import { RunStill } from './pictures';
import { RunBar } from './run-bar';
import { useWords, type Words } from './use-words';
import './arcade.css';

/** A step of the story over the whole window: its still, what is said, and below it what can be done. */
export function StepFrame({
  run,
  still,
  title,
  text,
  picture,
  told,
  children,
}: {
  run: RunView;
  still: string | null;
  /** Of the story, or the page's own. */
  title: Words | string;
  text: Words | null;
  /** Drawn in place of the still. */
  picture?: ReactNode;
  /** What is said and shown beside the text. */
  told?: ReactNode;
  /** What can be done. */
  children: ReactNode;
}) {
  const t = useTranslations('arcade');
  const { of } = useWords();
  const words = typeof title === 'string' ? title : of(title);
  const heading = useRef<HTMLHeadingElement>(null);
  // A reader of the screen hears where the run stands now; the old step and its focus are gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <main id="main" className="arcade-step" data-testid="arcade-step" data-moment={run.moment}>
      <div className="arcade-picture">{picture ?? <RunStill run={run} id={still} label={words} />}</div>
      <RunBar run={run} />
      <div className="arcade-words scroll-hint">
        <div className="arcade-column">
          <div className="arcade-told">
            <p className="text-data text-quiet">
              {t('act', { number: run.act.number, of: run.act.of })} · {of(run.act.name)}
            </p>
            <h1 ref={heading} tabIndex={-1} className="misprint text-heading outline-none md:text-[2.5rem]">
              {words}
            </h1>
            {text ? <p className="text-lead">{of(text)}</p> : null}
            {told}
          </div>
          <div className="arcade-deeds">{children}</div>
        </div>
      </div>
    </main>
  );
}

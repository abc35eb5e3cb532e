import type { ReactNode } from 'react';
import type { Label, Sign } from './labels';

const PATHS: Readonly<Record<Sign, string>> = {
  up: 'M8 14V3M3 8l5-5 5 5',
  down: 'M8 2v11M3 8l5 5 5-5',
  left: 'M14 8H3M8 3 3 8l5 5',
  right: 'M2 8h11M8 3l5 5-5 5',
  cross: 'M3 3l10 10M13 3 3 13',
  circle: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11',
  square: 'M3 3h10v10H3Z',
  triangle: 'M8 2.5 14 13H2Z',
};

/** A key, a button of a pad or one on glass. `word` says to ears what a sign says to eyes. */
export function KeyCap({ labels, word }: { labels: readonly Label[]; word?: ReactNode }) {
  return (
    <kbd className="inline-flex h-7 min-w-7 items-center justify-center gap-1 border-2 border-edge bg-sunken px-1.5 font-mono text-data whitespace-nowrap text-text">
      {labels.map(({ text, sign }, index) => (
        <span key={text ?? sign} className="contents">
          {index > 0 ? <span className="text-quiet">/</span> : null}
          {text}
          {sign ? <SignDrawing sign={sign} /> : null}
        </span>
      ))}
      {word}
    </kbd>
  );
}

function SignDrawing({ sign }: { sign: Sign }) {
  return (
    <svg viewBox="0 0 16 16" className="size-3.5 shrink-0" aria-hidden="true">
      <path d={PATHS[sign]} fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

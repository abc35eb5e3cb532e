'use client';

import type { LineView } from '@/server/arcade/views';
import { Portrait } from '../_stills/portrait';
import { useWords } from './use-words';

/** What is said, with the face of who says it. */
export function SaidLines({ lines }: { lines: readonly LineView[] }) {
  const { of } = useWords();
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-3" data-testid="said">
      {lines.map(({ speaker, text }) => (
        <li key={`${speaker.id}-${text}`} className="arcade-said">
          {speaker.look ? (
            <Portrait
              look={speaker.look}
              label={of(speaker.name)}
              className="size-14 shrink-0 border-2 border-line"
            />
          ) : (
            <span
              aria-hidden="true"
              className="grid size-14 place-items-center border-2 border-line font-poster"
            >
              {of(speaker.name).slice(0, 1)}
            </span>
          )}
          <p>
            <span className="block text-data font-semibold text-quiet">{of(speaker.name)}</span>
            <q className="text-lead">{text}</q>
          </p>
        </li>
      ))}
    </ul>
  );
}

'use client';

import type { LineView } from '@/server/arcade/views';
import { Face } from './pictures';
import { useWords } from './use-words';

/** What is said, with the face of who says it. */
export function SaidLines({ lines }: { lines: readonly LineView[] }) {
  const { of } = useWords();
  if (lines.length === 0) return null;
  return (
    <ul className="grid gap-3" data-testid="said">
      {lines.map(({ speaker, text }) => (
        <li key={`${speaker.id}-${text}`} className="arcade-said">
          <Face look={speaker.look} name={of(speaker.name)} />
          <p>
            <span className="block text-data font-semibold text-quiet">{of(speaker.name)}</span>
            <q className="text-lead">{text}</q>
          </p>
        </li>
      ))}
    </ul>
  );
}

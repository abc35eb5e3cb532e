'use client';

import { useEffect, useRef } from 'react';
import { Button } from '../_ui/button';

/** Choices in their order; the number keys take them, too. */
export function ChoiceList({
  choices,
  busy,
  onChoice,
}: {
  choices: readonly { readonly id: string; readonly label: string; readonly tone: string }[];
  /** The one that is on its way. */
  busy: string | undefined;
  onChoice: (id: string) => void;
}) {
  const latest = useRef({ choices, busy, onChoice });
  latest.current = { choices, busy, onChoice };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      const now = latest.current;
      const choice = now.choices[Number(event.key) - 1];
      if (choice && now.busy === undefined && !document.querySelector('[role=dialog]'))
        now.onChoice(choice.id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <ol className="arcade-choices" data-testid="choices">
      {choices.map(({ id, label, tone }, index) => (
        <li key={id}>
          <Button
            data-tone={tone}
            data-choice={id}
            busy={busy === id}
            disabled={busy !== undefined}
            onClick={() => onChoice(id)}
          >
            <span aria-hidden="true" className="figure text-quiet">
              {index + 1}
            </span>{' '}
            {label}
          </Button>
        </li>
      ))}
    </ol>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Input } from '../../engine/fighter/inputs';
import type { HeldInput, InputHistory } from './input-history';

const ROWS = 12;

/** Arrows by vertical (up, none, down) and horizontal (left, none, right) direction. */
const ARROWS = [
  ['↖', '↑', '↗'],
  ['←', '·', '→'],
  ['↙', '↓', '↘'],
] as const;

/** What was pressed and for how many frames, newest first; written outside React, once a display frame. */
export function InputList({ history }: { history: InputHistory }) {
  const t = useTranslations('practice');
  const letters = useTranslations('practice.letters');
  const list = useRef<HTMLOListElement>(null);
  const [light, heavy, special, grab] = [
    letters('light'),
    letters('heavy'),
    letters('special'),
    letters('throw'),
  ];

  useEffect(() => {
    const names = [
      [Input.Light, light],
      [Input.Heavy, heavy],
      [Input.Special, special],
      [Input.Throw, grab],
    ] as const;
    const textOf = ({ mask, frames }: HeldInput): string => {
      const buttons = names.filter(([bit]) => mask & bit).map(([, name]) => name);
      return `${String(frames).padStart(3, '\u2007')}  ${arrowOf(mask)} ${buttons.join('+')}`;
    };
    let request = requestAnimationFrame(function write() {
      const rows = history.rows();
      for (const [index, cell] of [...(list.current?.children ?? [])].entries()) {
        const row = rows[index];
        const text = row ? textOf(row) : '';
        if (cell.textContent !== text) cell.textContent = text;
      }
      request = requestAnimationFrame(write);
    });
    return () => cancelAnimationFrame(request);
  }, [history, light, heavy, special, grab]);

  return (
    <ol
      ref={list}
      aria-label={t('inputs')}
      data-testid="inputs"
      className="w-32 border-2 border-edge bg-ground/85 px-2 py-1 font-mono text-data whitespace-pre tabular-nums"
    >
      {Array.from({ length: ROWS }, (_, row) => row).map((row) => (
        <li key={row} className="min-h-[1.35em]" />
      ))}
    </ol>
  );
}

function arrowOf(mask: number): string {
  const row = mask & Input.Up ? 0 : mask & Input.Down ? 2 : 1;
  const column = mask & Input.Left ? 0 : mask & Input.Right ? 2 : 1;
  return ARROWS[row][column];
}

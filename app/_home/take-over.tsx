'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Input } from '@/engine/fighter/inputs';
import { fromReadout, type Snapshot } from '@/engine/fighter/scenario';
import { createState, type MatchConfig } from '@/engine/fighter/state';
import { KEYBOARD_BINDINGS } from '../_match/devices/bindings';
import { handOver } from '../_practice/handover';
import { Button } from '../_ui/button';

/**
 * Makes the exhibition behind the page one's own, by the button or by any key that fights: one plays player 1 from where
 * the fight stands. Between two rounds, a new fight of the same two begins.
 * @param shown the state that is on the screen now
 */
export function TakeOver({
  config,
  shown,
}: {
  config: MatchConfig;
  shown: () => { readonly state: Snapshot; readonly wins: readonly [number, number] } | undefined;
}) {
  const t = useTranslations('practice');
  const router = useRouter();
  const take = useRef<() => void>(undefined);
  take.current = () => {
    const now = shown();
    const state = (now && fromReadout(config, now.state, { wins: now.wins })) ?? createState(config);
    handOver({ state, characters: config.characters });
    router.push('/play/bot');
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isFightingKey(event)) take.current?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Button
      small
      className="absolute top-[max(14%,2.75rem)] right-3 z-10 md:right-6"
      onClick={() => take.current?.()}
    >
      {t('takeOver')}
    </Button>
  );
}

/** A key of the fight, pressed while nothing on the page has the focus and for nothing else, such as scrolling. */
function isFightingKey(event: KeyboardEvent): boolean {
  const bit = KEYBOARD_BINDINGS[event.code];
  if (bit === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target !== document.body || document.querySelector('[role="dialog"]')) return false;
  const { scrollHeight } = document.documentElement;
  const scrolls = bit === Input.Up || bit === Input.Down ? scrollHeight > window.innerHeight : false;
  return !(scrolls && event.code.startsWith('Arrow'));
}

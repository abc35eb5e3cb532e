'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { createStore } from '../_line/store';
import { useArcade } from '../_line/use-arcade';
import { Button } from '../_ui/button';

const KEY = 'do-not-disturb';

/** The wish of this browser, until it is closed: who forgets it would wonder tomorrow why nobody asks. */
const wish = createStore<boolean | undefined>(undefined);

function wanted(): boolean {
  const known = wish.get();
  if (known !== undefined) return known;
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function want(next: boolean): void {
  try {
    if (next) sessionStorage.setItem(KEY, '1');
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden here: known for as long as the page lives.
  }
  wish.set(next);
}

const useWish = () => useSyncExternalStore(wish.subscribe, wanted, () => false);

/** Says the wish again whenever the line came back: the server keeps it for a stay. */
export function useSayDoNotDisturb(): void {
  const { line, self, players } = useArcade();
  const isWanted = useWish();
  const playerId = self?.playerId;
  const isListed = players?.some((player) => player.playerId === playerId) ?? false;
  const hasSaid = useRef(false);
  useEffect(() => {
    if (line !== 'online' || playerId === undefined || !isListed) return;
    if (!isWanted && !hasSaid.current) return;
    hasSaid.current = true;
    // Where it is refused the line has gone, and it is said again when that is back.
    getArcadeConnection()
      .signaling.send('set_status', { playerId, doNotDisturb: isWanted })
      .catch(() => undefined);
  }, [line, playerId, isListed, isWanted]);
}

export function DoNotDisturb() {
  const t = useTranslations('lobby');
  const isWanted = useWish();
  return (
    <Button
      small
      aria-pressed={isWanted}
      title={t('dndHint')}
      className={isWanted ? 'bg-text! text-ground!' : ''}
      onClick={() => want(!isWanted)}
    >
      {t('dnd')}
    </Button>
  );
}

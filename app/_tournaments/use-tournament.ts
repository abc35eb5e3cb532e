'use client';

import { useEffect } from 'react';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { rememberWayBack } from '../_lib/way-back';
import { setEntered } from '../_line/presence';

/** Asks again for what is not in the stream as soon as the stream says that something changed. */
export function useRenewal(live: number | undefined, known: number | undefined, renew: () => void): void {
  const isBehind = live !== undefined && known !== undefined && live > known;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change, not for each render
  useEffect(() => {
    if (isBehind) renew();
  }, [isBehind, live]);
}

/** Who has a seat is in the arcade while this page is open: fights find them by it. */
export function usePresenceOfEntrants(view: TournamentView | undefined): void {
  const isNeeded =
    view?.my?.isEntrant === true &&
    view.my.outBecause === null &&
    (view.status === 'checkin' || view.status === 'running');
  const id = view?.tournamentId;
  useEffect(() => {
    if (!isNeeded || id === undefined) return;
    rememberWayBack(`/tournaments/${id}`);
    setEntered(true);
  }, [isNeeded, id]);
}

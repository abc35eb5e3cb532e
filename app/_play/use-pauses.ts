'use client';

import { useSyncExternalStore } from 'react';
import type { MatchController } from '../_match/match-controller';
import { NOTHING_SAID, type PauseOffer } from '../_match/pausing';

/** Pauses by agreement, for the page of a fight. */
export interface FightPauses extends PauseOffer {
  /** Asks the opponent, or agrees to what they asked for. */
  ask(): void;
  goOn(): void;
}

const never = () => () => undefined;

export function usePauses(controller: MatchController | undefined): FightPauses {
  const offer = useSyncExternalStore(
    controller?.pauses.subscribe ?? never,
    controller?.pauses.get ?? (() => NOTHING_SAID),
    () => NOTHING_SAID,
  );
  return { ...offer, ask: () => controller?.askForPause(), goOn: () => controller?.goOn() };
}

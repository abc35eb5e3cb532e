'use client';

import { useSyncExternalStore } from 'react';
import { PAUSE_LIMITS } from '@/proto/signaling-limits';
import type { MatchController } from '../_match/match-controller';
import type { PauseOffer } from '../_match/pausing';

/** Pauses by agreement, for the page of a fight. */
export interface FightPauses extends PauseOffer {
  /** Asks the opponent, or agrees to what they asked for. */
  ask(): void;
  goOn(): void;
}

const NOTHING_SAID: PauseOffer = { askedBy: undefined, left: PAUSE_LIMITS.most };
const never = () => () => undefined;

export function usePauses(controller: MatchController | undefined): FightPauses {
  const offer = useSyncExternalStore(
    controller?.pauses.subscribe ?? never,
    controller?.pauses.get ?? (() => NOTHING_SAID),
    () => NOTHING_SAID,
  );
  return { ...offer, ask: () => controller?.askForPause(), goOn: () => controller?.goOn() };
}

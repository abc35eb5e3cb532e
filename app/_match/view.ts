import type { Route } from '../../proto/sessions';
import type { MatchEnd } from './match-host';
import type { MatchVerdict } from './match-link';

/** Why this page can't fight. The server is told, and decides what it means. */
export type MatchFault =
  /** No way to the opponent's browser. */
  | 'no_path'
  /** The two pages, or this one and the server, play by different rules. */
  | 'rules';

/** A pause that both agreed to. */
export interface AgreedPause {
  /** This player asked for it. */
  readonly isMine: boolean;
  /** It ends by itself then (Unix ms). */
  readonly until: number;
}

/** What is known of a match. Each fact comes from one source and says nothing about the others. */
export interface MatchFacts {
  /** The way to the opponent that is tried, or was found. */
  readonly route: Route;
  /** The server has told both that the fight is on. */
  readonly isOn: boolean;
  /** This page came into a fight that was on, or the opponent's page came back into it. */
  readonly isResumed: boolean;
  /** Where the engine's session stands; `none` before the two are connected. */
  readonly session: 'none' | 'synchronizing' | 'running';
  /** Nothing is heard from the opponent. */
  readonly isSilent: boolean;
  /** The opponent's hidden tab holds the fight up. */
  readonly isHeld: boolean;
  /** The engine has given the opponent up. */
  readonly isAlone: boolean;
  /** The opponent's line to the server is gone: they may come back until then (Unix ms). */
  readonly opponentAwayUntil: number | undefined;
  /** Both have agreed to a pause. */
  readonly pause: AgreedPause | undefined;
  /** This player has given the match up. */
  readonly hasLeft: boolean;
  readonly fault: MatchFault | undefined;
  /** The last frame is confirmed here. */
  readonly end: MatchEnd | undefined;
  /** The judge takes longer than usual. */
  readonly isLate: boolean;
  readonly verdict: MatchVerdict | undefined;
}

export const NO_FACTS: MatchFacts = {
  route: 'direct',
  isOn: false,
  isResumed: false,
  session: 'none',
  isSilent: false,
  isHeld: false,
  isAlone: false,
  opponentAwayUntil: undefined,
  pause: undefined,
  hasLeft: false,
  fault: undefined,
  end: undefined,
  isLate: false,
  verdict: undefined,
};

/** Where a match stands, for the page around the stage. */
export type MatchView =
  | { readonly step: 'connecting'; readonly route: Route }
  | { readonly step: 'synchronizing' }
  /** A page was loaded again: the two find each other, and the fight goes on where it was. */
  | { readonly step: 'resuming' }
  | { readonly step: 'fighting' }
  /** Nothing is heard from the opponent, who is in the arcade. */
  | { readonly step: 'interrupted' }
  /** The opponent is gone, and may come back until then (Unix ms). */
  | { readonly step: 'away'; readonly until: number }
  /** The opponent's tab is hidden. */
  | { readonly step: 'paused' }
  /** Both agreed to it; either goes on. */
  | { readonly step: 'agreedPause'; readonly pause: AgreedPause; readonly isOpponentAway: boolean }
  /** Given up here; the server has the last word. */
  | { readonly step: 'leaving' }
  /** Fought out, or nobody is there to fight with: the server has the last word. */
  | { readonly step: 'deciding'; readonly isLate: boolean }
  | { readonly step: 'failed'; readonly fault: MatchFault }
  | { readonly step: 'result'; readonly verdict: MatchVerdict; readonly end: MatchEnd | undefined }
  /** The match is over and not a frame of it was fought. */
  | {
      readonly step: 'unfought';
      readonly reason: MatchVerdict['reason'];
      readonly hasLeft: boolean;
    };

/** What the page shows: of all that is known, what matters most. */
export function viewOf(facts: MatchFacts): MatchView {
  const { verdict, end, isLate, hasLeft, fault, opponentAwayUntil: until } = facts;
  // What the server made of it is the last word, whatever this page thought.
  if (verdict) {
    const wasFought = verdict.winner !== 0 || verdict.frames > 0;
    return wasFought
      ? { step: 'result', verdict, end }
      : { step: 'unfought', reason: verdict.reason, hasLeft };
  }
  if (hasLeft) return { step: 'leaving' };
  if (end) return { step: 'deciding', isLate };
  if (fault) return facts.session === 'none' ? { step: 'failed', fault } : { step: 'deciding', isLate };
  if (facts.pause) return { step: 'agreedPause', pause: facts.pause, isOpponentAway: until !== undefined };
  if (facts.session !== 'running') {
    if (until !== undefined) return { step: 'away', until };
    if (facts.isResumed) return { step: 'resuming' };
    return facts.isOn ? { step: 'synchronizing' } : { step: 'connecting', route: facts.route };
  }
  if (!facts.isAlone && !facts.isSilent && !facts.isHeld) return { step: 'fighting' };
  // A tab that is closed says that it is hidden, as its last word. While inputs come, a line that is gone changes nothing.
  if (until !== undefined) return { step: 'away', until };
  if (facts.isAlone) return { step: 'deciding', isLate };
  return { step: facts.isSilent ? 'interrupted' : 'paused' };
}

/** True while leaving the page would leave a fight that goes on. */
export function isUnderWay({ step }: MatchView): boolean {
  switch (step) {
    case 'resuming':
    case 'fighting':
    case 'interrupted':
    case 'away':
    case 'paused':
    case 'agreedPause':
    case 'synchronizing':
      return true;
    default:
      return false;
  }
}

/** True when nothing more will happen in this match. */
export function isOver({ step }: MatchView): boolean {
  return step === 'result' || step === 'unfought' || step === 'failed';
}

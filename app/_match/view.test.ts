import { describe, expect, it } from 'vitest';
import { isOver, isUnderWay, type MatchFacts, type MatchView, NO_FACTS, viewOf } from './view';

const RUNNING = { isOn: true, session: 'running' } as const;
const PAUSE = { isMine: false, until: 9 };
const END = { frames: 900, checksum: 7 };
const WON = { winner: 1, reason: 'knockout', frames: 900, checksum: 7 } as const;
const NOTHING = { winner: 0, reason: 'peer_failed', frames: 0, checksum: 0 } as const;
const GONE = { winner: 1, reason: 'forfeit', frames: 500, checksum: 0 } as const;

const TABLE: readonly [string, Partial<MatchFacts>, MatchView][] = [
  ['nothing yet', {}, { step: 'connecting', route: 'direct' }],
  ['the server knows of both', { isOn: true }, { step: 'synchronizing' }],
  ['handshake', { isOn: true, session: 'synchronizing' }, { step: 'synchronizing' }],
  ['the opponent goes before the fight', { opponentAwayUntil: 5 }, { step: 'away', until: 5 }],
  ['this page was loaded again', { isOn: true, isResumed: true }, { step: 'resuming' }],
  [
    'back, and shaking hands',
    { ...RUNNING, isResumed: true, session: 'synchronizing' },
    { step: 'resuming' },
  ],
  ['running', RUNNING, { step: 'fighting' }],
  ['running after a reload', { ...RUNNING, isResumed: true }, { step: 'fighting' }],
  ['silence', { ...RUNNING, isSilent: true }, { step: 'interrupted' }],
  ['a hidden tab', { ...RUNNING, isHeld: true }, { step: 'paused' }],
  ['a tab that was closed', { ...RUNNING, isHeld: true, opponentAwayUntil: 5 }, { step: 'away', until: 5 }],
  ['silence of a hidden tab', { ...RUNNING, isSilent: true, isHeld: true }, { step: 'interrupted' }],
  ['only their line to the server is gone', { ...RUNNING, opponentAwayUntil: 5 }, { step: 'fighting' }],
  ['their page is gone', { ...RUNNING, isSilent: true, opponentAwayUntil: 5 }, { step: 'away', until: 5 }],
  [
    'their page is gone, and the engine gave up first',
    { ...RUNNING, isSilent: true, isAlone: true, opponentAwayUntil: 5 },
    { step: 'away', until: 5 },
  ],
  [
    'an agreed pause',
    { ...RUNNING, pause: PAUSE },
    { step: 'agreedPause', pause: PAUSE, isOpponentAway: false },
  ],
  [
    'an agreed pause in which the opponent is gone',
    { ...RUNNING, isSilent: true, isHeld: true, opponentAwayUntil: 5, pause: PAUSE },
    { step: 'agreedPause', pause: PAUSE, isOpponentAway: true },
  ],
  [
    'this page was loaded again in an agreed pause',
    { isOn: true, isResumed: true, pause: PAUSE },
    { step: 'agreedPause', pause: PAUSE, isOpponentAway: false },
  ],
  ['given up in an agreed pause', { ...RUNNING, pause: PAUSE, hasLeft: true }, { step: 'leaving' }],
  ['nobody to fight with', { ...RUNNING, isAlone: true }, { step: 'deciding', isLate: false }],
  ['fought out', { ...RUNNING, end: END }, { step: 'deciding', isLate: false }],
  ['the judge is slow', { ...RUNNING, end: END, isLate: true }, { step: 'deciding', isLate: true }],
  [
    'fought out, then the opponent leaves',
    { ...RUNNING, end: END, isSilent: true },
    { step: 'deciding', isLate: false },
  ],
  ['no way to the opponent', { fault: 'no_path' }, { step: 'failed', fault: 'no_path' }],
  ['other rules', { isOn: true, fault: 'rules' }, { step: 'failed', fault: 'rules' }],
  ['broken in the fight', { ...RUNNING, fault: 'rules' }, { step: 'deciding', isLate: false }],
  ['given up', { ...RUNNING, hasLeft: true }, { step: 'leaving' }],
  ['won', { ...RUNNING, end: END, verdict: WON }, { step: 'result', verdict: WON, end: END }],
  [
    'won because they did not come back',
    { ...RUNNING, isSilent: true, isAlone: true, opponentAwayUntil: 5, verdict: GONE },
    { step: 'result', verdict: GONE, end: undefined },
  ],
  [
    'the last word after a fault of this page',
    { fault: 'no_path', verdict: NOTHING },
    { step: 'unfought', reason: 'peer_failed', hasLeft: false },
  ],
  [
    'left before anything was fought',
    { ...RUNNING, hasLeft: true, verdict: { ...NOTHING, reason: 'no_contest' } },
    { step: 'unfought', reason: 'no_contest', hasLeft: true },
  ],
];

describe('the view of a match', () => {
  it.each(TABLE)('%s', (_name, facts, view) => {
    expect(viewOf({ ...NO_FACTS, ...facts })).toEqual(view);
  });

  it('follows a silent opponent who comes back with a hidden tab, in whatever order it is told', () => {
    // The engine tells interrupted, paused, resumed: the tab is still hidden.
    let facts: MatchFacts = { ...NO_FACTS, ...RUNNING };
    const steps = [{ isSilent: true }, { isHeld: true }, { isSilent: false }, { isHeld: false }].map(
      (news) => {
        facts = { ...facts, ...news };
        return viewOf(facts).step;
      },
    );
    expect(steps).toEqual(['interrupted', 'interrupted', 'paused', 'fighting']);
  });

  it('a page may go only when nothing more happens', () => {
    for (const [, facts] of TABLE) {
      const view = viewOf({ ...NO_FACTS, ...facts });
      expect(isOver(view) && isUnderWay(view)).toBe(false);
    }
    expect(isUnderWay({ step: 'fighting' })).toBe(true);
    expect(isOver({ step: 'deciding', isLate: true })).toBe(false);
  });
});

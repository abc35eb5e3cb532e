import { describe, expect, it } from 'vitest';
import { FAILURE_REASONS, VERDICT_REASONS } from '../../../proto/sessions';
import type { SessionEnd } from '../../sessions/sessions';
import { goneAt, isRated, outcomeOf } from './outcome';

const end = (change: Partial<SessionEnd>): SessionEnd => ({
  sessionId: 's',
  player1Id: 'a',
  player2Id: 'b',
  source: 'tournament',
  outcome: { kind: 'verdict', winner: 1, reason: 'knockout', frames: 900 },
  at: new Date(0),
  absent: [],
  leftBy: undefined,
  owedBy: undefined,
  ...change,
});
const verdict = (reason: (typeof VERDICT_REASONS)[number], winner: 0 | 1 | 2, frames = 900) =>
  ({ outcome: { kind: 'verdict', winner, reason, frames } }) as const;
const failed = (reason: (typeof FAILURE_REASONS)[number]) =>
  ({ outcome: { kind: 'failed', reason } }) as const;

describe('TOUR-7: what the end of a fight means', () => {
  it('is the judge’s word where it names a winner, whoever is gone by then', () => {
    for (const reason of ['knockout', 'timeout', 'forfeit'] as const)
      expect(outcomeOf(end({ ...verdict(reason, 2), absent: [2] }))).toEqual({
        kind: 'won',
        winner: 2,
        reason,
      });
  });

  it('is a defeat for who left or was not there, where the other was', () => {
    for (const how of [
      verdict('no_contest', 0, 0),
      failed('disconnected'),
      failed('connect_timeout'),
      failed('peer_failed'),
    ]) {
      expect(outcomeOf(end({ ...how, absent: [1] }))).toEqual({ kind: 'won', winner: 2, reason: 'no_show' });
      expect(outcomeOf(end({ ...how, leftBy: 2 }))).toEqual({ kind: 'won', winner: 1, reason: 'forfeit' });
      expect(outcomeOf(end({ ...how, absent: [1, 2] })).kind).toBe('open');
    }
  });

  it('is nothing for a draw, a dispute, a connection that failed, and a restart, which is ours', () => {
    for (const how of [
      verdict('draw', 0),
      verdict('disputed', 0),
      verdict('no_contest', 0),
      failed('peer_failed'),
    ])
      expect(outcomeOf(end(how))).toMatchObject({ kind: 'open', isOurs: false });
    expect(outcomeOf(end({ ...verdict('draw', 0), absent: [1] }))).toMatchObject({
      kind: 'open',
      isDraw: true,
    });
    expect(outcomeOf(end({ ...failed('restart'), absent: [1] }))).toMatchObject({
      kind: 'open',
      isOurs: true,
    });
  });

  it('sends those away who are gone, not who gives up what is fought', () => {
    expect(goneAt(end({ ...verdict('forfeit', 1), leftBy: 2 }))).toEqual([]);
    expect(goneAt(end({ ...verdict('forfeit', 1), absent: [2] }))).toEqual([2]);
    expect(goneAt(end({ ...verdict('no_contest', 0, 0), leftBy: 1 }))).toEqual([1]);
    expect(goneAt(end({ ...failed('peer_failed'), leftBy: 2 }))).toEqual([2]);
  });

  it('counts for the ratings where it was judged and not disputed', () => {
    const rated = VERDICT_REASONS.filter((reason) =>
      isRated(
        end(verdict(reason, reason === 'knockout' || reason === 'timeout' || reason === 'forfeit' ? 1 : 0)),
      ),
    );
    expect(rated.toSorted()).toEqual(['draw', 'forfeit', 'knockout', 'timeout']);
    expect(isRated(end(verdict('forfeit', 1, 0)))).toBe(false);
    for (const reason of FAILURE_REASONS) expect(isRated(end(failed(reason)))).toBe(false);
  });
});

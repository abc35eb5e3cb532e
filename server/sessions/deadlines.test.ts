import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionStatus } from '../db/generated/enums';
import { awayAfterRestart, awayFrom, awayIn, findDue } from './deadlines';
import { type LivePlayer, LiveSessions } from './live';
import { NO_PAUSES } from './pauses';
import { START, sessionRow } from './testing/rows';

/** What falls due `atMs` after the start, when the two players are as described. */
function due(
  status: SessionStatus,
  atMs: number,
  one: Partial<LivePlayer> = {},
  two: Partial<LivePlayer> = {},
) {
  const session = new LiveSessions().put(sessionRow(status), START);
  if (!session) return undefined;
  Object.assign(session.players[0], one);
  Object.assign(session.players[1], two);
  return findDue(session, START + atMs);
}

const gone = { away: awayFrom(START, 'connected') };
const goneConnecting = { away: awayFrom(START, 'connecting') };
const sent = (atMs: number, nextFrame = 100) => ({ advancedAt: START + atMs, nextFrame });
const forfeit = (winner: 1 | 2) => ({ kind: 'end', reason: 'forfeit', winner });
const noContest = { kind: 'end', reason: 'no_contest', winner: 0 };

describe('deadlines of a session', () => {
  it('SES-2: end a request after 30 seconds', () => {
    expect(due('requested', 29_999)).toBeUndefined();
    expect(due('requested', 30_000)).toEqual({ kind: 'expire' });
  });

  it.each(['accepted', 'connecting'] as const)(
    'SES-5: give somebody who left while %s 8 seconds, and the connecting 30',
    (status) => {
      expect(due(status, 7_999, goneConnecting)).toBeUndefined();
      expect(due(status, 8_000, {}, goneConnecting)).toEqual({
        kind: 'fail',
        reason: 'disconnected',
        side: 2,
      });
      expect(due(status, 29_999)).toBeUndefined();
      expect(due(status, 30_000)).toEqual({ kind: 'fail', reason: 'connect_timeout' });
    },
  );

  it('JUDGE-4: give who is away 20 seconds, whatever the other tells meanwhile', () => {
    const away = { ...gone, ...sent(500) };
    for (const other of [sent(500), sent(9_900), sent(19_900, 5_000)]) {
      expect(due('connected', 19_999, away, other)).toBeUndefined();
      expect(due('connected', 20_000, away, other)).toMatchObject(forfeit(2));
      expect(due('connected', 20_000, other, away)).toMatchObject(forfeit(1));
    }
  });

  it('JUDGE-5: never make a loss of what one side alone tells', () => {
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(20_000), fc.boolean(), (at, madeUp, isAway) => {
        // The victim sent nothing: its opponent withholds the inputs that would confirm any.
        const verdict = due('connected', at, isAway ? gone : {}, sent(at, madeUp));
        expect(verdict === undefined || verdict.kind !== 'end' || verdict.reason === 'no_contest').toBe(true);
      }),
    );
    // In mid-fight, too.
    expect(due('connected', 65_000, sent(4_000, 240), sent(64_900, 4_000))).toMatchObject(noContest);
  });

  it('JUDGE-6: make who keeps back the end forfeit after 10 seconds of silence', () => {
    const told = { ...sent(30_000, 1_800), toldEnd: { frames: 1_800, at: START + 30_000 } };
    expect(due('connected', 39_999, told, sent(29_900, 1_797))).toBeUndefined();
    expect(due('connected', 40_000, told, sent(29_900, 1_797))).toMatchObject(forfeit(1));
    expect(due('connected', 40_000, sent(29_900, 1_740), told)).toMatchObject(forfeit(2));
    // Saying that the connection failed changes nothing.
    expect(
      due('connected', 40_000, told, { ...sent(29_900, 1_797), peerLostAt: START + 30_000 }),
    ).toMatchObject(forfeit(1));
    // Nor does it when it is said just before the end, so that its own time is up first.
    const early = { ...sent(29_900, 1_797), peerLostAt: START + 29_500 };
    expect(due('connected', 39_500, told, early)).toBeUndefined();
    expect(due('connected', 40_000, told, early)).toMatchObject(forfeit(1));
    // More than 60 frames could be the other's invention.
    expect(due('connected', 40_000, told, sent(29_900, 1_739))).toBeUndefined();
    expect(due('connected', 90_000, told, sent(29_900, 1_739))).toMatchObject(noContest);
    // Still sending is not silence.
    expect(due('connected', 40_000, told, sent(30_001, 1_797))).toBeUndefined();
  });

  it('JUDGE-6: give who was away while the other told the end its time after coming back', () => {
    const told = { ...sent(30_000, 1_800), toldEnd: { frames: 1_800, at: START + 30_000 } };
    const back = (backMs: number) => ({ ...sent(29_900, 1_797), backAt: START + backMs });
    expect(due('connected', 48_500, told, back(48_000))).toBeUndefined();
    expect(due('connected', 58_000, told, back(48_000))).toMatchObject(forfeit(1));
    // Going away again and again moves it no further than one may be away.
    expect(due('connected', 60_000, told, back(59_000))).toMatchObject(forfeit(1));
  });

  it('SES-8: say who spoiled a fight, where that can be told and something was fought', () => {
    const told = { ...sent(30_000, 1_800), toldEnd: { frames: 1_800, at: START + 30_000 } };
    const spoiled = (reason: string, side?: 1 | 2) => ({ blame: side ? { reason, side } : { reason } });
    expect(due('connected', 40_000, told, sent(29_900, 1_797))).toMatchObject(spoiled('silent_at_end', 2));
    expect(due('connected', 70_000, sent(10_000), sent(10_000))).toMatchObject(spoiled('stalled'));
    expect(due('connected', 20_000, { ...gone, ...sent(0) }, sent(0))).toMatchObject(spoiled('abandoned', 1));
    // Who comes to no fight at all has spoiled none.
    expect(due('connected', 60_000, {}, sent(59_000))).not.toHaveProperty('blame');
  });

  it('JUDGE-7: end a fight that was given up whenever the judge can be told', () => {
    const session = new LiveSessions().put(sessionRow('connected'), START);
    if (session) session.quit = { side: 2, cause: 'gave_up' };
    expect(session && findDue(session, START + 1)).toMatchObject(forfeit(1));
  });

  it('SES-9: lead the fight of who has lost the other through the server, unless somebody is away', () => {
    const lost = { ...sent(5_000), peerLostAt: START + 5_000 };
    expect(due('connected', 5_001, lost, sent(5_000))).toEqual({ kind: 'relay', cause: 'peer_failed' });
    // Who is away has a deadline of their own.
    expect(due('connected', 15_000, lost, { ...sent(5_000), ...gone })).toBeUndefined();
    expect(due('connected', 20_000, lost, { ...sent(5_000), ...gone })).toMatchObject(forfeit(1));
  });

  it('call it no contest when both are away, or nobody ever fought', () => {
    expect(due('connected', 20_000, { ...gone, ...sent(0) }, gone)).toMatchObject(noContest);
    expect(due('connected', 20_000, gone)).toMatchObject(noContest);
  });

  it('wait for the second one who left before calling it', () => {
    const later = { away: awayFrom(START + 15_000, 'connected') };
    expect(due('connected', 20_000, { ...gone, ...sent(0) }, later)).toBeUndefined();
    expect(due('connected', 35_000, { ...gone, ...sent(0) }, later)).toMatchObject(noContest);
  });

  it('give both 60 seconds of silence when both are there', () => {
    expect(due('connected', 69_999, sent(10_000), sent(10_000))).toBeUndefined();
    expect(due('connected', 70_000, sent(10_000), sent(10_000))).toMatchObject(noContest);
    expect(due('connected', 60_000, {}, sent(59_000))).toMatchObject(noContest);
  });

  it('leave 30 seconds to come back after a restart, however the other goes on', () => {
    const back = { away: awayAfterRestart({ pauses: NO_PAUSES }, START) };
    expect(due('connected', 29_999, back, sent(29_900))).toBeUndefined();
    expect(due('connected', 30_000, { ...back, ...sent(20_000) }, sent(29_900))).toMatchObject(forfeit(2));
    // Who never came back has told nothing since: nothing is judged, so nothing counts.
    expect(due('connected', 30_000, back, sent(29_900))).toMatchObject(noContest);
    expect(due('connected', 30_000, back, back)).toMatchObject(noContest);
  });

  it('never touch a session in which both are there and send', () => {
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(9_000), fc.nat(9_000), (at, one, two) => {
        expect(
          due('connected', at, sent(Math.max(0, at - one)), sent(Math.max(0, at - two))),
        ).toBeUndefined();
      }),
    );
  });
});

describe('SES-14: in a pause', () => {
  const pausedUntil = (atMs: number) => ({
    proposal: null,
    current: { by: 1, since: START, until: START + atMs } as const,
    taken: 1,
    spentMs: 0,
  });

  it('nothing falls due but its end, whoever is gone, silent or lost', () => {
    const sides = fc.record(
      {
        away: fc.constant(awayFrom(START, 'connected')),
        peerLostAt: fc.constant(START),
        toldEnd: fc.constant({ frames: 100, at: START }),
        nextFrame: fc.nat(200),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(sides, sides, fc.nat(90_000), (one, two, at) => {
        const session = new LiveSessions().put(sessionRow('paused'), START);
        if (!session) throw new Error('no session');
        session.pauses = pausedUntil(60_000);
        Object.assign(session.players[0], one);
        Object.assign(session.players[1], two);
        expect(findDue(session, START + at)).toEqual(at < 60_000 ? undefined : { kind: 'resume' });
      }),
    );
  });

  it('who loses the line may come back until it ends, at least the usual time', () => {
    const session = new LiveSessions().put(sessionRow('paused'), START);
    if (!session) throw new Error('no session');
    session.pauses = pausedUntil(60_000);
    expect(awayIn(session, START + 5_000)).toEqual({ until: START + 60_000 });
    expect(awayIn(session, START + 50_000)).toEqual({ until: START + 70_000 });
    expect(awayAfterRestart(session, START + 5_000)).toEqual({ until: START + 60_000 });
    expect(awayAfterRestart(session, START + 50_000)).toEqual({ until: START + 80_000 });
  });

  it('giving up ends the fight', () => {
    const session = new LiveSessions().put(sessionRow('paused'), START);
    if (!session) throw new Error('no session');
    session.pauses = pausedUntil(60_000);
    session.quit = { side: 1, cause: 'gave_up' };
    expect(findDue(session, START + 1)).toMatchObject(forfeit(2));
  });

  it('JUDGE-6: the silence of who keeps back the end begins anew after it', () => {
    const session = new LiveSessions().put(sessionRow('connected'), START);
    if (!session) throw new Error('no session');
    session.watchedSince = START + 60_000;
    const told = { ...sent(1_000, 1_800), toldEnd: { frames: 1_800, at: START + 1_000 } };
    Object.assign(session.players[0], told);
    Object.assign(session.players[1], sent(900, 1_797));
    expect(findDue(session, START + 69_999)).toBeUndefined();
    expect(findDue(session, START + 70_000)).toMatchObject(forfeit(1));
  });
});

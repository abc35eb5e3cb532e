import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RelayCause } from '../../proto/sessions';
import { findFightDue } from './fight-deadlines';
import { type LivePlayer, type LiveSession, LiveSessions, type Quit } from './live';
import { connectedRow, START } from './testing/rows';
import type { Due } from './waits';

/** The table of ends (docs/CONTRACT.md, ENDS), as far as time decides it: a test a row. */

interface Situation {
  /** Each player's own column, in frames; null for clients that tell only what is confirmed. */
  readonly own?: readonly [number, number] | null;
  /** Frames that are judged, and when that last grew, ms after the start. */
  readonly judged?: number;
  readonly judgedAt?: number;
  readonly one?: Partial<LivePlayer>;
  readonly two?: Partial<LivePlayer>;
  readonly relay?: { readonly cause: RelayCause; readonly openedAt: number };
  readonly quit?: Quit;
}

function situation(given: Situation): LiveSession {
  const { own = [1_000, 1_000], judged = 1_000, judgedAt = 20_000 } = given;
  const session = new LiveSessions().put(connectedRow(), START);
  if (!session) throw new Error('no session');
  session.judged = { frames: judged, at: judged > 0 ? START + judgedAt : null };
  session.pace = { frames: judged, at: START + 20_000 };
  session.quit = given.quit;
  for (const [index, player] of session.players.entries()) {
    player.ownFrames = own?.[index] ?? 0;
    player.nextFrame = judged;
    player.advancedAt = judged > 0 ? START + judgedAt : null;
    Object.assign(player, index === 0 ? given.one : given.two);
  }
  if (given.relay)
    session.relay = { cause: given.relay.cause, openedAt: START + given.relay.openedAt, base: judged };
  return session;
}

/** What falls due `atMs` after the start. */
const due = (atMs: number, given: Situation): Due | undefined => findFightDue(situation(given), START + atMs);

const forfeit = (winner: 1 | 2, cause: string) => ({ kind: 'end', reason: 'forfeit', winner, cause });
const noContest = (cause: string) => ({ kind: 'end', reason: 'no_contest', winner: 0, cause });
const gone = { away: { until: START + 40_000 } };
const came = { cameToRelay: true };
const lost = (atMs: number) => ({ peerLostAt: START + atMs });
const relay = { cause: 'peer_failed', openedAt: 20_000 } as const;

describe('the table of ends', () => {
  it('ENDS-2: who gives up loses, once something was fought', () => {
    expect(due(20_001, { quit: { side: 1, cause: 'gave_up' } })).toMatchObject({
      ...forfeit(2, 'gave_up'),
      blame: { reason: 'abandoned', side: 1 },
    });
  });

  it('ENDS-3: who is gone for twenty seconds loses to who stayed', () => {
    expect(due(39_999, { one: gone })).toBeUndefined();
    expect(due(40_000, { one: gone })).toMatchObject({
      ...forfeit(2, 'gone'),
      blame: { reason: 'abandoned', side: 1 },
    });
  });

  it('ENDS-4: who had told the end before leaving wins against who kept the last inputs back', () => {
    const told = { ...gone, toldEnd: { frames: 1_040, at: START + 20_000 } };
    const withheld = { own: [1_040, 1_000], one: told } as const;
    // Who stayed gets what he needs to go on, and ten seconds of it.
    expect(due(22_000, withheld)).toEqual({ kind: 'relay', cause: 'end_withheld' });
    const opened = { cause: 'end_withheld', openedAt: 22_000 } as const;
    expect(due(40_000, { ...withheld, relay: opened })).toMatchObject(forfeit(1, 'silent_at_end'));
    expect(due(40_000, { ...withheld, relay: { ...opened, openedAt: 31_000 } })).toBeUndefined();
    expect(due(40_000, { ...withheld, relay: opened, judgedAt: 35_000 })).toBeUndefined();
    // More than sixty frames could be invented, and with none missing the fight was decided.
    expect(
      due(40_000, {
        ...{ own: [1_061, 1_000], relay: opened },
        one: { ...told, toldEnd: { frames: 1_061, at: START } },
      }),
    ).toMatchObject(forfeit(2, 'gone'));
    // Of clients that tell only what both have, nobody knows who kept what back.
    expect(due(40_000, { own: null, one: told })).toMatchObject(forfeit(2, 'gone'));
  });

  it('ENDS-5: where both are gone it is no contest', () => {
    expect(due(40_000, { one: gone, two: gone })).toMatchObject(noContest('both_gone'));
    expect(due(39_999, { one: gone, two: gone })).toBeUndefined();
  });

  // Of a fight that is given up the judge itself says so: judge.test.ts.
  it('ENDS-6: at no judged frame nothing counts, whoever did what', () => {
    const nothing = { own: [300, 0], judged: 0 } as const;
    expect(due(40_000, { ...nothing, two: gone })).toEqual(noContest('nothing_fought'));
    expect(due(30_000, { ...nothing, relay, one: came })).toEqual(noContest('nothing_fought'));
  });

  it('ENDS-7: who does not come to the relay in ten seconds loses to who did', () => {
    for (const reported of [{ one: { ...came, ...lost(20_000) } }, { one: came, two: lost(20_000) }]) {
      expect(due(29_999, { relay, ...reported })).toBeUndefined();
      expect(due(30_000, { relay, ...reported })).toMatchObject({
        ...forfeit(1, 'no_answer'),
        blame: { reason: 'no_answer', side: 2 },
      });
    }
  });

  it('ENDS-8: who says that the connection failed and does not come loses, where nobody else said so', () => {
    expect(due(30_000, { relay, two: lost(20_000) })).toMatchObject(forfeit(1, 'no_answer'));
    expect(due(30_000, { relay, two: lost(20_000), own: null })).toMatchObject(forfeit(1, 'no_answer'));
  });

  it('ENDS-9: where nobody comes and both have said so it is no contest, half for each', () => {
    expect(due(30_000, { relay, one: lost(20_000), two: lost(21_000) })).toMatchObject({
      ...noContest('no_path'),
      blame: { reason: 'peer_failed' },
    });
  });

  it('ENDS-10: who keeps inputs back although the relay is open loses, by the length of the columns', () => {
    const both = { relay, one: came, two: came };
    expect(due(34_999, { ...both, own: [1_009, 1_000] })).toBeUndefined();
    expect(due(35_000, { ...both, own: [1_009, 1_000] })).toMatchObject({
      ...forfeit(1, 'withheld'),
      blame: { reason: 'withheld', side: 2 },
    });
    expect(due(35_000, { ...both, own: [1_000, 1_001] })).toMatchObject(forfeit(2, 'withheld'));
    // Who tells a frame now and then only puts it off.
    expect(due(39_999, { ...both, own: [1_009, 1_000], judgedAt: 39_900 })).toBeUndefined();
    expect(due(40_000, { ...both, own: [1_009, 1_000], judgedAt: 39_900 })).toMatchObject(
      forfeit(1, 'withheld'),
    );
    // Whoever goes on has time anew, and so has who comes back.
    expect(due(35_000, { ...both, own: [1_009, 1_000], judgedAt: 21_000 })).toBeUndefined();
    expect(
      due(35_000, { ...both, own: [1_009, 1_000], two: { ...came, backAt: START + 25_000 } }),
    ).toBeUndefined();
  });

  it('ENDS-11: where nobody can be said to hold the fight up it is no contest, half for each', () => {
    const both = { relay, one: came, two: came };
    expect(due(35_000, { ...both })).toMatchObject({ ...noContest('stalled'), blame: { reason: 'stalled' } });
    expect(due(35_000, { ...both, own: null })).toMatchObject(noContest('stalled'));
    expect(due(80_000, { own: null })).toMatchObject(noContest('stalled'));
    expect(due(79_999, { own: null })).toBeUndefined();
  });

  it('ENDS-12: of clients that tell only what is confirmed, who falls silent at the told end loses', () => {
    const told = { nextFrame: 1_010, toldEnd: { frames: 1_010, at: START + 20_000 } };
    expect(due(29_999, { own: null, one: told })).toBeUndefined();
    expect(due(30_000, { own: null, one: told })).toMatchObject({
      ...forfeit(1, 'silent_at_end'),
      blame: { reason: 'silent_at_end', side: 2 },
    });
    // Not even by saying that the connection failed, and coming to the relay.
    expect(due(30_000, { own: null, one: told, relay, two: { ...came, ...lost(20_000) } })).toMatchObject(
      forfeit(1, 'silent_at_end'),
    );
  });

  it('ENDS-13: the relay is opened for who reports, for a told end, and for a fight that stands still', () => {
    expect(due(20_500, { one: lost(20_400) })).toEqual({ kind: 'relay', cause: 'peer_failed' });
    const told = { toldEnd: { frames: 1_040, at: START + 20_000 } };
    expect(due(21_999, { own: [1_040, 1_000], one: told })).toBeUndefined();
    expect(due(22_000, { own: [1_040, 1_000], one: told })).toEqual({ kind: 'relay', cause: 'end_withheld' });
    // A hidden tab may hold a fight for thirty seconds; a frame now and then is no fight.
    expect(due(59_999, {})).toBeUndefined();
    expect(due(60_000, {})).toEqual({ kind: 'relay', cause: 'stalled' });
    expect(due(60_000, { judgedAt: 59_900 })).toEqual({ kind: 'relay', cause: 'stalled' });
  });

  it('ENDS-17: who is removed from the arcade loses at once, and nothing is counted for nobody', () => {
    expect(due(20_001, { quit: { side: 2, cause: 'removed' } })).toEqual(forfeit(1, 'removed'));
    expect(due(20_001, { quit: { side: 1, cause: 'removed' }, two: gone })).toEqual(forfeit(2, 'removed'));
  });

  it('never makes who came to the relay and told at least as much as the other lose', () => {
    const frames = fc.nat(2_000);
    const side = fc.record({ cameToRelay: fc.boolean(), peerLostAt: fc.option(fc.constant(START + 20_000)) });
    fc.assert(
      fc.property(frames, frames, side, fc.integer({ min: 20_000, max: 200_000 }), (own, less, two, at) => {
        const found = due(at, {
          own: [Math.max(own, less) + 1, Math.min(own, less) + 1],
          judged: Math.min(own, less) + 1,
          relay,
          one: { ...came, peerLostAt: null },
          two,
        });
        expect(found === undefined || (found.kind === 'end' && found.winner !== 2)).toBe(true);
      }),
    );
  });
});

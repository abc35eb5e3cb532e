import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAUSE_LIMITS } from '../../proto/signaling-limits';
import type { Side } from './live';
import { beginPause, endOfPause, NO_PAUSES, nextPauseMs, pausesLeft, sayPause, tallyPauses } from './pauses';

const START = 1_800_000_000_000;

/** What happens in a match, each after a while. */
const happening = fc.record({
  what: fc.constantFrom('one says pause', 'two says pause', 'resume'),
  afterMs: fc.nat(90_000),
});

/** Plays a match's pauses as pausing.ts does: time that is up ends a pause before anything else is heard. */
function play(story: readonly { readonly what: string; readonly afterMs: number }[]) {
  const lines: { at: number; isPaused: boolean; by: Side }[] = [];
  const spans: { from: number; to: number }[] = [];
  let pauses = NO_PAUSES;
  let now = START;
  let asked: { by: Side; until: number } | undefined;

  const end = (at: number) => {
    if (!pauses.current) return;
    spans.push({ from: pauses.current.since, to: at });
    pauses = endOfPause(pauses, at);
    lines.push({ at, isPaused: false, by: 1 });
  };
  for (const { what, afterMs } of story) {
    now += afterMs;
    if (pauses.current && now >= pauses.current.until) end(pauses.current.until);
    if (what === 'resume') end(now);
    else if (!pauses.current) {
      const side = what === 'one says pause' ? 1 : 2;
      const said = sayPause(pauses, side, now);
      if (said.kind === 'agreed') {
        // Only ever after the other one asked, in time.
        expect(asked?.by).toBe(said.by);
        expect(said.by).not.toBe(side);
        expect(now).toBeLessThan(asked?.until ?? 0);
        pauses = beginPause(said.pauses, said.by, now);
        lines.push({ at: now, isPaused: true, by: said.by });
        asked = undefined;
      } else if (said.kind === 'proposed') {
        pauses = said.pauses;
        asked = { by: side, until: said.until };
      }
    }
  }
  return { pauses, lines, spans };
}

describe('pauses by agreement', () => {
  it('SES-12: take both, whoever says it first, and asking again changes nothing', () => {
    const asked = sayPause(NO_PAUSES, 1, START);
    if (asked.kind !== 'proposed') throw new Error(asked.kind);
    expect(asked.until).toBe(START + 10_000);
    expect(sayPause(asked.pauses, 1, START + 9_999)).toEqual({ kind: 'repeated' });
    expect(sayPause(asked.pauses, 2, START + 9_999)).toMatchObject({ kind: 'agreed', by: 1 });
    // Too late to agree: this is a proposal of the other's.
    expect(sayPause(asked.pauses, 2, START + 10_000)).toMatchObject({ kind: 'proposed' });
  });

  it('SES-13: are three, of 60 seconds, and 120 in all', () => {
    const whole = endOfPause(beginPause(NO_PAUSES, 1, START), START + 60_000);
    const twice = endOfPause(beginPause(whole, 2, START), START + 99_000);
    expect(twice).toMatchObject({ taken: 2, spentMs: 120_000 });
    expect([pausesLeft(NO_PAUSES), pausesLeft(whole), pausesLeft(twice)]).toEqual([3, 2, 0]);
    expect(sayPause(twice, 1, START)).toEqual({ kind: 'used_up' });
    const short = endOfPause(beginPause(whole, 2, START), START + 20_000);
    expect(nextPauseMs(short)).toBe(40_000);
    const three = endOfPause(beginPause(short, 1, START), START + 1);
    expect(sayPause(three, 2, START)).toEqual({ kind: 'used_up' });
  });

  it('SES-13: never last longer than they may, whatever is said when, and TRACE tells the same', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (story) => {
        const { pauses, lines, spans } = play(story);
        expect(pauses.taken).toBeLessThanOrEqual(PAUSE_LIMITS.most);
        expect(spans.every(({ from, to }) => to - from <= PAUSE_LIMITS.longestMs)).toBe(true);
        const spentMs = spans.reduce((sum, { from, to }) => sum + to - from, 0);
        expect(pauses.spentMs).toBe(spentMs);
        expect(spentMs).toBeLessThanOrEqual(PAUSE_LIMITS.totalMs);
        expect(tallyPauses(lines)).toEqual({ ...pauses, proposal: null });
      }),
    );
  });

  it('SES-13: count no time that a server was away after the end', () => {
    const paused = beginPause(NO_PAUSES, 2, START);
    expect(endOfPause(paused, START + 3_600_000)).toMatchObject({ spentMs: 60_000, current: null });
  });
});

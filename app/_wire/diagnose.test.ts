import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../proto/sessions';
import type { WireMark, WireMarkType, WireSample } from '../../proto/wire-report';
import { diagnose, type TellerStory, type Tellers } from './diagnose';
import type { Severity, Side, StatementKind } from './statements';

/** Seeded: the same fight each time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A minute and a half on a good line of about 32 ms, then what a test changes. */
function story(
  change: (second: number) => Partial<WireSample> = () => ({}),
  marks: readonly WireMark[] = [],
): TellerStory {
  const random = noise(7);
  const samples = Array.from({ length: 90 }, (_, second): WireSample => {
    const ping = 30 + Math.floor(random() * 5);
    return {
      ...{ at: second * 1_000, span: 1_000, frame: second * 60, ping, jitter: 1, loss: 0, route: 'direct' },
      ...{ rollbacks: 2, deepest: 2, again: 3, againThere: 3, waited: 0, ahead: 0, delay: 2 },
      ...change(second),
    };
  });
  return { samples, marks, isLast: true };
}

const mark = (type: WireMarkType, at: number, span: number): WireMark => ({ type, at, span });
const between = (from: number, to: number, change: Partial<WireSample>) => (second: number) =>
  second >= from && second < to ? change : {};
const kinds = (tellers: Tellers) => diagnose(tellers).map(({ kind }) => kind);
const only = (tellers: Tellers, kind: StatementKind) => diagnose(tellers).filter((one) => one.kind === kind);

describe('PEER-23: what two reports say', () => {
  it('nothing is to blame where the line was steady', () => {
    expect(diagnose([story(), story()])).toEqual([
      { kind: 'steady', severity: 'good', ping: 32, deepest: 2 },
    ]);
  });

  it('packets that were lost, when, how many and how far the game went back', () => {
    const lossy = story(between(70, 85, { loss: 40, deepest: 7 }));
    expect(diagnose([lossy, story()])).toEqual([
      {
        ...{ kind: 'loss', severity: 'note', side: 1, at: 70_000, to: 85_000 },
        ...{ percent: 4, deepest: 7, times: 1 },
      },
    ]);
    expect(only([story(), story(between(10, 20, { loss: 80 }))], 'loss')).toMatchObject([
      { severity: 'bad', side: 2, percent: 8 },
    ]);
    // A lost packet now and then is what prediction is for.
    expect(kinds([story(between(70, 71, { loss: 40 })), story()])).toEqual(['steady']);
  });

  it('a machine that stood still, and nobody else for the wait that it caused', () => {
    const waited = story(undefined, [mark('wait', 40_050, 380)]);
    const froze = story(undefined, [mark('frozen', 40_000, 400)]);
    expect(diagnose([waited, froze])).toEqual([
      { kind: 'frozen', severity: 'bad', side: 2, at: 40_000, longestMs: 400, times: 1 },
    ]);
    expect(only([story(undefined, [mark('frozen', 9_000, 260)]), story()], 'frozen')).toMatchObject([
      { severity: 'note', side: 1 },
    ]);
  });

  it('a wait that nothing explains', () => {
    expect(diagnose([story(undefined, [mark('wait', 40_000, 600)]), story()])).toEqual([
      { kind: 'wait', severity: 'bad', side: 1, at: 40_000, longestMs: 600, times: 1 },
    ]);
    const explained = story(between(38, 44, { loss: 60 }), [mark('wait', 40_000, 600)]);
    expect(kinds([explained, story()])).toEqual(['loss']);
  });

  it('a round trip that rose for a while', () => {
    const slow = story(between(40, 52, { ping: 140 }));
    expect(diagnose([slow, slow])).toEqual([
      { kind: 'spike', severity: 'bad', at: 40_000, to: 52_000, ping: 140, usual: 32, times: 1 },
    ]);
  });

  it('a long way, which is nobody’s fault', () => {
    const far = story(() => ({ ping: 160 }));
    expect(diagnose([far, far])).toEqual([{ kind: 'far', severity: 'note', ping: 160 }]);
    expect(diagnose([story(() => ({ ping: 240 })), undefined])[0]).toMatchObject({ severity: 'bad' });
  });

  it('an uneven line', () => {
    expect(diagnose([story(), story(() => ({ jitter: 14 }))])).toEqual([
      { kind: 'jitter', severity: 'note', side: 2, jitter: 14 },
    ]);
  });

  it('what the way through the server added', () => {
    const relayed = story(between(40, 90, { ping: 92, route: 'server' }));
    expect(only([relayed, relayed], 'rerouted')).toEqual([
      { kind: 'rerouted', severity: 'note', at: 40_000, route: 'server', addedMs: 60 },
    ]);
    const brief = story(between(89, 90, { route: 'turn' as Route }));
    expect(only([brief, brief], 'rerouted')).toMatchObject([{ addedMs: undefined }]);
    const never = story(() => ({ route: 'server' }));
    expect(kinds([never, never])).toEqual(['routed', 'steady']);
  });

  it('on whose side the game went back more', () => {
    const mine = story(() => ({ again: 8, againThere: 2 }));
    expect(diagnose([mine, undefined])[0]).toMatchObject({ kind: 'unfair', side: 1, percent: 80 });
    expect(diagnose([undefined, mine])[0]).toMatchObject({ kind: 'unfair', side: 2, percent: 80 });
    const theirs = story(() => ({ again: 2, againThere: 8 }));
    expect(diagnose([theirs, undefined])[0]).toMatchObject({ kind: 'unfair', side: 2, percent: 80 });
  });

  it.each<[WireMarkType, StatementKind, Side, Severity]>([
    ['reload', 'reload', 1, 'note'],
    ['silent', 'silent', 1, 'bad'],
    ['away', 'away', 2, 'note'],
    ['held', 'held', 2, 'note'],
  ])('%s, told by player 1, is said of the right one', (type, kind, side, severity) => {
    const told = story(undefined, [mark(type, 20_000, 3_000), mark(type, 50_000, 9_000)]);
    expect(only([told, story()], kind)).toEqual([
      { kind, side, severity, at: 50_000, longestMs: 9_000, times: 2 },
    ]);
  });

  it('a practice network that was on, before everything else', () => {
    const made = story(() => ({ ping: 140, loss: 20 }), [mark('practice', 0, 90_000)]);
    expect(diagnose([made, story(() => ({ ping: 140 }))])[0]).toEqual({
      ...{ kind: 'practice', severity: 'bad', side: 1 },
    });
  });

  it('who told nothing, and who only until the page went', () => {
    expect(diagnose([undefined, undefined]).map(({ kind }) => kind)).toEqual(['missing', 'missing']);
    const partial = { ...story(), isLast: false };
    expect(kinds([partial, undefined]).sort()).toEqual(['missing', 'partial', 'steady']);
  });

  it('says something of whatever it is told, the worst first', () => {
    const sample = fc.record({
      at: fc.nat(600_000),
      span: fc.nat(3_000),
      frame: fc.nat(36_000),
      ping: fc.nat(10_000),
      jitter: fc.nat(10_000),
      loss: fc.nat(1_000),
      rollbacks: fc.nat(600),
      deepest: fc.nat(60),
      again: fc.nat(36_000),
      againThere: fc.nat(36_000),
      waited: fc.nat(3_000),
      ahead: fc.integer({ min: -10_000, max: 10_000 }),
      delay: fc.nat(60),
      route: fc.constantFrom<Route>('direct', 'turn', 'server'),
    });
    const anyMark = fc.record({
      at: fc.nat(600_000),
      span: fc.nat(60_000),
      type: fc.constantFrom<WireMarkType>('wait', 'frozen', 'away', 'pause', 'practice', 'route'),
    });
    const teller = fc.option(
      fc.record({
        samples: fc.array(sample, { maxLength: 50 }),
        marks: fc.array(anyMark, { maxLength: 20 }),
        isLast: fc.boolean(),
      }),
      { nil: undefined },
    );
    const order: readonly Severity[] = ['bad', 'note', 'good'];
    fc.assert(
      fc.property(teller, teller, (one, two) => {
        const said = diagnose([one, two]);
        if ((one?.samples.length ?? 0) + (two?.samples.length ?? 0) > 0) expect(said).not.toEqual([]);
        const weights = said.map(({ severity }) => order.indexOf(severity));
        expect(weights).toEqual([...weights].sort((a, b) => a - b));
        const numbers = said
          .flatMap((one) => Object.values(one))
          .filter((value) => typeof value === 'number');
        expect(numbers.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

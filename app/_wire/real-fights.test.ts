import { describe, expect, it } from 'vitest';
import { engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import { at, Match } from '../../engine/fighter/state';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { packStory, unpackStory } from '../../proto/wire-report';
import { conditionTransport, type NetworkConditions } from '../_match/channel';
import { createJudgeFeed } from '../_match/judge-feed';
import { createMatchHost, type MatchHost } from '../_match/match-host';
import { createWireLog, type WireLog } from '../_match/wire-log';
import { diagnose, type Tellers } from './diagnose';

/** Two real hosts over a real, seeded network conditioner, in virtual time: what they tell is what is said of them. */

const TERMS = { characters: [1, 2], seed: 0xfeed, delayFrames: 2, engineDigest: engineDigest() } as const;

interface Weather {
  /** What the packets to each of the two go through. */
  readonly toOne: NetworkConditions;
  readonly toTwo: NetworkConditions;
  /** From when on the second one's page stands still, and for how long, ms. */
  readonly freeze?: { readonly atMs: number; readonly ms: number };
}

function fight({ toOne, toTwo, freeze }: Weather, seed = 11, seconds = 30): Tellers {
  let nowMs = 0;
  const boxes: Uint8Array[][] = [[], []];
  const end = (own: 0 | 1): Transport => ({
    send: (bytes) => void boxes[1 - own]?.push(bytes.slice()),
    receive: () => boxes[own]?.shift(),
  });
  const seats = ([0, 1] as const).map((index) => {
    const random = seededFraction(seed + index);
    let mask = 0;
    const device = {
      mask() {
        if (random() < 0.2)
          mask = (random() < 0.5 ? Input.Left : Input.Right) | (random() < 0.3 ? Input.Light : 0);
        return mask;
      },
      close: () => undefined,
    };
    const conditions = index === 0 ? toOne : toTwo;
    const host = createMatchHost({
      terms: { ...TERMS, playerIndex: index === 0 ? 1 : 2 },
      transport: conditionTransport(end(index), conditions, () => nowMs, seededFraction(seed + 7 + index)),
      device,
      feed: createJudgeFeed({
        send: (from, inputs) => Promise.resolve({ nextFrame: from + inputs.length / 4 }),
        setTimer: () => () => undefined,
      }),
      random: () => seed + index,
      ...{ onFrame: () => undefined, onEvent: () => undefined, onOver: () => undefined },
    });
    return { host, log: createWireLog() };
  });
  const tick = ({ host, log }: { host: MatchHost; log: WireLog }) => {
    host.tick(nowMs);
    log.tick(nowMs, host.session.metrics, at(host.words, Match.FRAME), 'direct');
  };
  for (; nowMs < seconds * 1_000; nowMs += 4) {
    const isFrozen = freeze && nowMs >= freeze.atMs && nowMs < freeze.atMs + freeze.ms;
    for (const [index, seat] of seats.entries()) if (index === 0 || !isFrozen) tick(seat);
  }
  // As it goes over the wire and back.
  const [one, two] = seats.map(({ log }) => ({
    ...unpackStory(packStory(log.story(nowMs))),
    isLast: true,
  }));
  return [one, two];
}

const CLEAN = { latencyMs: 15, jitterMs: 0, loss: 0 };

describe('PEER-23: what is said of real fights', () => {
  it('a clean line: nothing to blame, at its own round trip', () => {
    const tellers = fight({ toOne: CLEAN, toTwo: CLEAN });
    const said = diagnose(tellers);
    expect(said.map(({ kind }) => kind)).toEqual(['steady']);
    const [steady] = said;
    if (steady?.kind !== 'steady') throw new Error('it is steady');
    expect(steady.ping).toBeGreaterThan(28);
    expect(steady.ping).toBeLessThan(50);
    expect(tellers[0]?.samples.length).toBeGreaterThan(25);
  });

  it('loss on the way to one of them is said of that one', () => {
    const tellers = fight({ toOne: { ...CLEAN, loss: 0.1 }, toTwo: CLEAN });
    const losses = diagnose(tellers).filter(({ kind }) => kind === 'loss');
    expect(losses).toMatchObject([{ side: 1, severity: 'bad' }]);
    const [loss] = losses;
    if (loss?.kind !== 'loss') throw new Error('there is loss');
    expect(loss.percent).toBeGreaterThan(5);
    expect(loss.percent).toBeLessThan(18);
    // Something was rolled back, or the fight proved nothing.
    expect(tellers[0]?.samples.reduce((sum, { again }) => sum + again, 0)).toBeGreaterThan(5);
  });

  it('a page that stood still is said of its own side, and the wait that it caused is nobody’s', () => {
    const tellers = fight({ toOne: CLEAN, toTwo: CLEAN, freeze: { atMs: 12_000, ms: 700 } });
    expect(tellers[0]?.marks.some(({ type }) => type === 'wait')).toBe(true);
    const said = diagnose(tellers).filter(({ severity }) => severity === 'bad');
    expect(said).toMatchObject([{ kind: 'frozen', side: 2, times: 1 }]);
    expect(said[0]?.kind === 'frozen' && said[0].longestMs).toBeGreaterThanOrEqual(700);
  });

  it('a long way is called far, and nobody’s fault', () => {
    const far = { latencyMs: 80, jitterMs: 0, loss: 0 };
    const said = diagnose(fight({ toOne: far, toTwo: far }));
    expect(said.map(({ kind }) => kind)).toContain('far');
    expect(said.map(({ kind }) => kind)).not.toContain('loss');
    expect(said.map(({ kind }) => kind)).not.toContain('frozen');
  });

  it('an uneven line is called uneven', () => {
    const uneven = { latencyMs: 40, jitterMs: 35, loss: 0 };
    expect(diagnose(fight({ toOne: uneven, toTwo: uneven })).map(({ kind }) => kind)).toContain('jitter');
  });
});

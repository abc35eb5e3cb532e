import { describe, expect, it } from 'vitest';
import { simulateFight } from '../../engine/bots/arcade-fight';
import { createHindsight } from '../../engine/bots/hindsight';
import { createOpponent } from '../../engine/bots/opponent';
import { Action } from '../../engine/fighter/actions';
import { Input } from '../../engine/fighter/inputs';
import { isMatchOver } from '../../engine/fighter/outcome';
import { MAX_GAUGE } from '../../engine/fighter/rules';
import { startFighting } from '../../engine/fighter/scenario';
import { at, createState, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { Stance } from './dummy';
import type { Controller } from './hands';
import { createInputHistory } from './input-history';
import { createLocalHost, type LocalHost } from './local-host';
import { refill } from './refill';

const CONFIG = { seed: 5, characters: [1, 2] } as const;

/** A person who holds what the test says. */
function person(): Controller & { kind: 'person' } & { held: number; asked: number } {
  const self = {
    kind: 'person' as const,
    held: 0,
    asked: 0,
    source: {
      mask: () => {
        self.asked += 1;
        return self.held;
      },
      close: () => undefined,
    },
  };
  return self;
}

/** Lets `ms` pass, 4 at a time, and returns the time. */
function pass(host: LocalHost, fromMs: number, ms: number): number {
  for (let nowMs = fromMs + 4; nowMs <= fromMs + ms; nowMs += 4) host.tick(nowMs);
  return fromMs + ms;
}

describe('local host', () => {
  it('plays sixty frames a second, and a press moves the fighter in the very next frame', () => {
    const me = person();
    let pressedAt = 0;
    let movedAt = 0;
    const host = createLocalHost({
      start: startFighting(CONFIG),
      controllers: [me, { kind: 'dummy', stance: 'stand' }],
      onFrame(state, masks) {
        if (masks[0] !== 0 && pressedAt === 0) pressedAt = at(state, Match.FRAME);
        if (at(state, PLAYER_1 + Fighter.ACTION) !== Action.IDLE && movedAt === 0)
          movedAt = at(state, Match.FRAME);
      },
    });
    const nowMs = pass(host, 0, 1000);
    expect(at(host.words, Match.FRAME)).toBeGreaterThanOrEqual(59);
    expect(at(host.words, Match.FRAME)).toBeLessThanOrEqual(61);
    me.held = Input.Right;
    pass(host, nowMs, 100);
    expect(pressedAt).toBeGreaterThan(0);
    expect(movedAt).toBe(pressedAt);
  });

  it('shows bots the state of ten frames ago and nothing newer', () => {
    const host = createLocalHost({
      start: createState(CONFIG),
      controllers: [
        { kind: 'bot', strength: 'hard', seed: 1 },
        { kind: 'bot', strength: 'normal', seed: 2 },
      ],
      onFrame: () => undefined,
    });
    pass(host, 0, 20_000);
    const state = createState(CONFIG);
    const seen = createHindsight(10);
    const [one, two] = [createOpponent('hard', 1), createOpponent('normal', 2)];
    while (at(state, Match.FRAME) < at(host.words, Match.FRAME)) {
      seen.push(state);
      step(state, one.decide(seen.late, 1), two.decide(seen.late, 2));
    }
    expect(at(state, Match.FRAME)).toBeGreaterThan(1000);
    expect(host.words).toEqual(state);
  });

  it('BOT-7: plays a fight of the arcade as the server judges it from the player’s inputs', () => {
    const config = { ...CONFIG, winsNeeded: 1, handicaps: [{ healthPercent: 120 }, {}] } as const;
    const opponent = { level: 40, manner: 'rushdown', seed: 11, pace: 2, side: 2 } as const;
    const me = person();
    const bytes: number[] = [];
    const host = createLocalHost({
      start: createState(config),
      controllers: [me, { kind: 'arcade', opponent }],
      onFrame(_, masks) {
        bytes.push(masks[0] & 255, masks[0] >> 8);
        // Something else every third of a second.
        if (bytes.length % 40 === 0) me.held = [8, 16, 24, 4, 32, 136, 64][(bytes.length / 40) % 7] ?? 0;
      },
    });
    for (let nowMs = 0; !isMatchOver(host.words) && nowMs < 400_000; ) nowMs = pass(host, nowMs, 1000);
    const report = simulateFight({ config, opponent, inputs: Uint8Array.from(bytes) });
    expect(report).toMatchObject({ over: true, frames: at(host.words, Match.FRAME), state: host.words });
    expect(report.moves[0].attack).toBeGreaterThan(3);
  });

  it('a pause costs no frame and owes none, and what was pressed meanwhile is gone', () => {
    const me = person();
    const host = createLocalHost({
      start: startFighting(CONFIG),
      controllers: [me, { kind: 'dummy', stance: 'stand' }],
      onFrame: () => undefined,
    });
    for (const pauseMs of [40, 120, 240, 60_000]) {
      let nowMs = pass(host, 0, 500);
      const before = at(host.words, Match.FRAME);
      host.setPaused(true);
      nowMs = pass(host, nowMs, pauseMs);
      expect(at(host.words, Match.FRAME)).toBe(before);
      const asked = me.asked;
      host.setPaused(false);
      expect(me.asked).toBe(asked + 1);
      pass(host, nowMs, 100);
      expect(at(host.words, Match.FRAME) - before, `after ${pauseMs} ms`).toBeLessThanOrEqual(7);
      host.restart();
    }
  });

  it('ends once, stands still then, and begins again the same', () => {
    let overs = 0;
    const host = createLocalHost({
      start: createState(CONFIG),
      controllers: [
        { kind: 'bot', strength: 'hard', seed: 3 },
        { kind: 'dummy', stance: 'stand' },
      ],
      onFrame: () => undefined,
      onOver: () => {
        overs += 1;
      },
    });
    pass(host, 0, 120_000);
    expect(isMatchOver(host.words)).toBe(true);
    expect(overs).toBe(1);
    const end = host.words.slice();
    host.restart();
    expect(at(host.words, Match.FRAME)).toBe(0);
    pass(host, 0, 120_000);
    expect(host.words).toEqual(end);
    expect(overs).toBe(2);
  });
});

describe('practice', () => {
  function practise(stance: Stance, press: (frame: number) => number, frames: number) {
    const me = person();
    const seen = { stances: new Set<number>(), least: 9999, hits: 0 };
    const host = createLocalHost({
      start: startFighting(CONFIG),
      controllers: [me, { kind: 'dummy', stance }],
      rules: refill,
      onFrame(state) {
        seen.stances.add(at(state, PLAYER_2 + Fighter.ACTION));
        seen.least = Math.min(seen.least, at(state, PLAYER_2 + Fighter.HEALTH));
        seen.hits = Math.max(seen.hits, at(state, PLAYER_2 + Fighter.COMBO));
      },
    });
    let nowMs = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      me.held = press(frame);
      nowMs = pass(host, nowMs, 16);
    }
    return { host, seen };
  }
  /** Walks up and hits with everything. */
  const hits = (frame: number) => {
    if (frame % 40 < 20) return Input.Right;
    const blow = [Input.Light, Input.Heavy, Input.Light | Input.Down, Input.Heavy | Input.Down];
    // Each is pressed twice, so that what hits is followed up.
    return frame % 10 < 3 ? (blow[Math.floor(frame / 40) % 4] ?? 0) : 0;
  };

  it('nobody is knocked out and the time stands still, however long one is hit', () => {
    const { host, seen } = practise('stand', hits, 4000);
    expect(seen.hits).toBeGreaterThan(1);
    expect(at(host.words, Match.PHASE)).toBe(Phase.FIGHT);
    expect(seen.least).toBeGreaterThan(0);
    expect(at(host.words, Match.TIMER)).toBeGreaterThan(98 * 60);
  });

  it('health and gauge are full again once the combo is over, and not before', () => {
    const { host, seen } = practise('stand', (frame) => (frame < 400 ? hits(frame) : 0), 600);
    expect(seen.least).toBeLessThan(1000);
    expect(at(host.words, PLAYER_2 + Fighter.HEALTH)).toBe(1080);
    expect(at(host.words, PLAYER_1 + Fighter.GAUGE)).toBe(MAX_GAUGE);
  });

  it('a guarding dummy guards high and low and is never hit by a blow', () => {
    const { seen } = practise('guard', hits, 2000);
    expect(seen.hits).toBe(0);
    expect(seen.stances).toContain(Action.BLOCKSTUN);
    expect(seen.stances).toContain(Action.CROUCH_BLOCKSTUN);
    expect(seen.stances).not.toContain(Action.WALK_BACK);
  });

  it('a jumping dummy jumps, a crouching one crouches, a standing one stands', () => {
    const idle = () => 0;
    expect(practise('jump', idle, 200).seen.stances).toContain(Action.AIR);
    expect([...practise('crouch', idle, 60).seen.stances]).toEqual([Action.CROUCH]);
    expect([...practise('stand', idle, 60).seen.stances]).toEqual([Action.IDLE]);
  });
});

it('the history of inputs counts frames, newest first, and keeps the last sixteen', () => {
  const history = createInputHistory();
  for (const mask of [0, 0, 8, 8, 8, 16]) history.add(mask);
  expect(history.rows()).toEqual([
    { mask: 16, frames: 1 },
    { mask: 8, frames: 3 },
    { mask: 0, frames: 2 },
  ]);
  for (let mask = 0; mask < 40; mask += 1) history.add(mask);
  expect(history.rows()).toHaveLength(16);
  expect(history.rows()[0]).toEqual({ mask: 39, frames: 1 });
});

import { describe, expect, it } from 'vitest';
import { createBot } from '@/engine/bots/bot';
import { isMatchOver } from '@/engine/fighter/outcome';
import { at, createState, Fighter, Match, PLAYER_1, PLAYER_2 } from '@/engine/fighter/state';
import { step } from '@/engine/fighter/step';
import { type SoundEvent, soundEventsOf } from './events';
import { Once } from './once';

/** A bot match as its inputs, so that it can be played again with rollbacks. */
function recordMatch(): [number, number][] {
  const state = createState({ seed: 4, characters: [1, 2] });
  const one = createBot('zoner', 1);
  const two = createBot('rushdown', 2);
  const inputs: [number, number][] = [];
  while (!isMatchOver(state)) {
    const pair: [number, number] = [one.decide(state, 1), two.decide(state, 2)];
    inputs.push(pair);
    step(state, pair[0], pair[1]);
  }
  return inputs;
}

const inputs = recordMatch();

/** Sounds of the match when every frame is shown once. */
function heard(): SoundEvent[] {
  const once = new Once();
  const state = createState({ seed: 4, characters: [1, 2] });
  const shown = new Int32Array(state);
  const events: SoundEvent[] = [];
  for (const [one, two] of inputs) {
    step(state, one, two);
    events.push(...soundEventsOf(shown, state).filter((event) => once.admit(event)));
    shown.set(state);
  }
  return events;
}

/** The same when every fifth frame takes the last seven back, having guessed them wrong. */
function heardWithRollbacks(): SoundEvent[] {
  const once = new Once();
  const state = createState({ seed: 4, characters: [1, 2] });
  const shown = new Int32Array(state);
  const saved: Int32Array[] = [];
  const events: SoundEvent[] = [];
  const show = (): void => {
    events.push(...soundEventsOf(shown, state).filter((event) => once.admit(event)));
    shown.set(state);
  };
  for (let i = 0; i < inputs.length; i += 1) {
    saved.push(new Int32Array(state));
    const [one, two] = inputs[i] ?? [0, 0];
    step(state, one, two);
    show();
    if (i % 5 !== 4 || i < 8) continue;
    const back = i - 6;
    state.set(saved[back] ?? state);
    for (let k = back; k <= i; k += 1) {
      const pair = inputs[k] ?? [0, 0];
      step(state, pair[0], pair[1]);
    }
    show();
  }
  return events;
}

describe('sound events', () => {
  it('sound every touch of the match exactly once', () => {
    const state = createState({ seed: 4, characters: [1, 2] });
    const touches = new Set<string>();
    for (const [one, two] of inputs) {
      step(state, one, two);
      for (const player of [PLAYER_1, PLAYER_2]) {
        const frame = at(state, player + Fighter.HURT_FRAME);
        if (frame === at(state, Match.FRAME)) touches.add(`${player} ${frame}`);
      }
    }
    const kinds = new Set(['hit', 'block', 'throw', 'tech']);
    expect(heard().filter((event) => kinds.has(event.kind)).length).toBe(touches.size);
    expect(touches.size).toBeGreaterThan(20);
  });

  it('are the same when frames are rolled back and played again', () => {
    const name = (event: SoundEvent): string => `${event.kind} ${event.side} ${event.frame}`;
    expect(heardWithRollbacks().map(name).sort()).toEqual(heard().map(name).sort());
  });

  it('include the drum of the round, the knock-out and the end', () => {
    const kinds = heard().map((event) => event.kind);
    expect(kinds.filter((kind) => kind === 'fight').length).toBeGreaterThanOrEqual(2);
    expect(kinds).toContain('ko');
    expect(kinds.at(-1)).toBe('win');
  });

  it('beat the last ten seconds of a round, once a second', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    const shown = new Int32Array(state);
    const once = new Once();
    let ticks = 0;
    for (let i = 0; i < 75 + 99 * 60 + 5; i += 1) {
      step(state, 0, 0);
      ticks += soundEventsOf(shown, state).filter(
        (event) => event.kind === 'tick' && once.admit(event),
      ).length;
      shown.set(state);
    }
    expect(ticks).toBe(10);
  });

  it('take an event that a rollback moved by a few frames for the same', () => {
    const once = new Once();
    const event: SoundEvent = { kind: 'hit', side: 1, frame: 100, strength: 1, pan: 0 };
    expect(once.admit(event)).toBe(true);
    expect(once.admit({ ...event, frame: 103 })).toBe(false);
    expect(once.admit({ ...event, side: 2 })).toBe(true);
    expect(once.admit({ ...event, frame: 140 })).toBe(true);
  });
});

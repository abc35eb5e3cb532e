import { describe, expect, it } from 'vitest';
import { Input } from '../../../engine/fighter/inputs';
import { createPadLearner } from './learn-pad';
import { readPad } from './pad-layout';
import { CONTROLS, NEEDED, type PadState } from './pad-mapping';
import { fakePad } from './testing/fake-window';

const strange = (fields: Parameters<typeof fakePad>[0] = {}): PadState =>
  fakePad({ mapping: '', buttonCount: 10, axes: [0, 0, -1, 9 / 7], ...fields });

/** Presses each pad in turn, letting go between them. */
function teach(pads: readonly PadState[], rest = strange()) {
  const learner = createPadLearner(rest);
  for (const pad of pads) {
    learner.look(pad);
    learner.look(rest);
  }
  return learner;
}

const BUTTONS = [4, 5, 6, 7, 0, 1, 2, 3];

describe('INPUT-6: a pad that is taught', () => {
  it('gives what was taught, by buttons', () => {
    const learner = teach(BUTTONS.map((button) => strange({ down: [button] })));
    expect(learner.wanted()).toBeUndefined();
    expect(readPad(strange({ down: [5, 7, 3] }), learner.mapping())).toBe(
      Input.Down | Input.Right | Input.Throw,
    );
    expect(readPad(strange(), learner.mapping())).toBe(0);
  });

  it('by a stick, a hat, and a trigger that rests at its end', () => {
    const axes = (x: number, y: number, trigger: number, hat: number) =>
      strange({ axes: [x, y, trigger, hat] });
    const rest = 9 / 7;
    const learner = teach([
      axes(0, 0, -1, -1),
      axes(0, 0, -1, 1 / 7),
      axes(-0.9, 0, -1, rest),
      axes(0.9, 0, -1, rest),
      axes(0, 0, 1, rest),
    ]);
    expect(learner.wanted()).toBe('heavy');
    const read = (pad: PadState) => readPad(pad, learner.mapping());
    expect(read(axes(0, 0, -1, -5 / 7))).toBe(Input.Up);
    expect(read(axes(1, 0, -1, 1 / 7))).toBe(Input.Down | Input.Right);
    expect(read(axes(-1, 0, 0.6, rest))).toBe(Input.Left | Input.Light);
    expect(read(axes(0.3, 0.3, -0.8, rest))).toBe(0);
  });

  it('is asked for one control after the other, and only those that nobody needs can be left out', () => {
    const learner = createPadLearner(strange());
    const order = [];
    for (const [at, button] of BUTTONS.entries()) {
      order.push(learner.wanted());
      const control = CONTROLS[at];
      expect(learner.canSkip()).toBe(control !== undefined && !NEEDED.includes(control));
      const before = learner.wanted();
      if (!learner.canSkip()) {
        learner.skip();
        expect(learner.wanted()).toBe(before);
        learner.look(strange({ down: [button] }));
      } else learner.skip();
      learner.look(strange());
    }
    expect(order).toEqual([...CONTROLS]);
    expect(learner.mapping()).not.toHaveProperty('throw');
  });

  it('one button held is one control, and one control has one button', () => {
    const learner = createPadLearner(strange());
    for (let look = 0; look < 5; look += 1) learner.look(strange({ down: [4] }));
    expect(learner.wanted()).toBe('down');
    learner.look(strange());
    learner.look(strange({ down: [4] }));
    expect(learner.wanted()).toBe('down');
  });

  it('what was down when it began is no press', () => {
    const learner = createPadLearner(strange({ down: [9] }));
    learner.look(strange({ down: [9] }));
    expect(learner.wanted()).toBe('up');
    learner.look(strange({ down: [9, 4] }));
    expect(learner.mapping().up).toEqual({ kind: 'button', index: 4 });
  });
});

import {
  CONTROL_BITS,
  CONTROLS,
  type Control,
  givesSign,
  NEEDED,
  type PadMapping,
  type PadSign,
  type PadState,
} from './pad-mapping';

/** Teaches a pad: asks for one control after the other and takes the first sign that the pad gives. */
export interface PadLearner {
  /** What to press now; undefined when everything was asked for. */
  wanted(): Control | undefined;
  /** The pad as it is now; call it often. A control counts when it is pressed, the next one after it was let go. */
  look(pad: PadState): void;
  canSkip(): boolean;
  /** Leaves the wanted control out, if one can fight without it. */
  skip(): void;
  /** What was taught; complete when nothing is wanted any more. */
  mapping(): PadMapping;
}

/** How far an axis must go to count; farther than a worn stick drifts. */
const TURNED = 0.6;

/** @param rest the pad while nobody touches it */
export function createPadLearner(rest: PadState): PadLearner {
  const mapping: Partial<Record<Control, PadSign>> = {};
  let next = 0;
  let pressed: PadSign | undefined;
  const wanted = () => CONTROLS[next];
  const canSkip = () => {
    const control = wanted();
    return control !== undefined && !NEEDED.includes(control);
  };
  return {
    wanted,
    canSkip,
    look(pad) {
      if (pressed && givesSign(pad, pressed)) return;
      pressed = undefined;
      const control = wanted();
      if (!control) return;
      const sign = signOf(pad, rest, control);
      const isTaken = sign && Object.values(mapping).some((taken) => isSame(taken, sign));
      if (!sign || isTaken) return;
      mapping[control] = sign;
      pressed = sign;
      next += 1;
    },
    skip() {
      if (canSkip()) next += 1;
    },
    mapping: () => mapping,
  };
}

/** The sign that the pad gives and did not give at rest. */
function signOf(pad: PadState, rest: PadState, control: Control): PadSign | undefined {
  for (const index of pad.buttons.keys()) {
    const sign = { kind: 'button', index } as const;
    if (givesSign(pad, sign) && !givesSign(rest, sign)) return sign;
  }
  for (const [index, value] of pad.axes.entries()) {
    const from = rest.axes[index] ?? 0;
    if (!(Math.abs(value - from) > TURNED)) continue;
    const sign: PadSign =
      // Beyond its way at rest: a hat.
      Math.abs(from) > 1.05
        ? { kind: 'hat', index, bit: CONTROL_BITS[control] }
        : { kind: 'axis', index, rest: Math.round(from), to: value > from ? 1 : -1 };
    if (givesSign(pad, sign)) return sign;
  }
  return undefined;
}

function isSame(one: PadSign, other: PadSign): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

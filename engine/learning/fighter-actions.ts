import { Input, mirrorInput } from '../fighter/inputs';

/** A decision: directions are held, buttons are pressed once. */
interface Decision {
  readonly name: string;
  /** Bits to hold, for a player who looks to the right. */
  readonly hold: number;
  readonly press: number;
}

/** What a learner can decide, by number. The order is part of every trained network. */
export const DECISIONS: readonly Decision[] = [
  { name: 'wait', hold: 0, press: 0 },
  { name: 'forward', hold: Input.Right, press: 0 },
  { name: 'back', hold: Input.Left, press: 0 },
  { name: 'crouching guard', hold: Input.Left | Input.Down, press: 0 },
  { name: 'jump forward', hold: Input.Right | Input.Up, press: 0 },
  { name: 'jump', hold: Input.Up, press: 0 },
  { name: 'light', hold: 0, press: Input.Light },
  { name: 'heavy', hold: 0, press: Input.Heavy },
  { name: 'crouching light', hold: Input.Down, press: Input.Light },
  { name: 'crouching heavy', hold: Input.Down, press: Input.Heavy },
  { name: 'special', hold: 0, press: Input.Special },
  { name: 'throw', hold: 0, press: Input.Throw },
];

/** Frames that one decision lasts; buttons are held for the first half. */
export const DECISION_FRAMES = 4;

/**
 * The input of a decision in one of its frames.
 * @param frame 0 to `DECISION_FRAMES - 1`.
 * @param forward 1 if the opponent is on the right of the screen, -1 on the left.
 * @throws RangeError for a number that is no decision.
 */
export function decisionInput(decision: number, frame: number, forward: 1 | -1): number {
  const chosen = DECISIONS[decision];
  if (!chosen) throw new RangeError(`Decisions are 0 to ${DECISIONS.length - 1}, got ${decision}`);
  const hold = forward === 1 ? chosen.hold : mirrorInput(chosen.hold);
  return frame < DECISION_FRAMES / 2 ? hold | chosen.press : hold;
}

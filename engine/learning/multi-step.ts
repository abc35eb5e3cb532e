import type { ReplayBuffer } from './replay-buffer';

/** Turns single steps into transitions over several, so that a reward reaches the action that earned it sooner. */
export interface MultiStep {
  /** Takes one step; puts into the buffer every transition that it completes. */
  add(
    observation: Float32Array,
    action: number,
    reward: number,
    next: Float32Array,
    end: { ended: boolean; truncated: boolean },
  ): void;
}

/**
 * N-step returns (Sutton & Barto, section 7.1): the sum of `steps` discounted rewards, then the
 * value of what was seen after them.
 */
export function createMultiStep(
  buffer: ReplayBuffer,
  observationSize: number,
  steps: number,
  discount: number,
): MultiStep {
  // A ring of the steps whose transition is not complete yet.
  const observations = Array.from({ length: steps }, () => new Float32Array(observationSize));
  const actions = new Int32Array(steps);
  const rewards = new Float64Array(steps);
  let first = 0;
  let pending = 0;

  const release = (next: Float32Array, terminal: boolean): void => {
    let sum = 0;
    let factor = 1;
    for (let i = 0; i < pending; i++) {
      sum += factor * (rewards[(first + i) % steps] ?? 0);
      factor *= discount;
    }
    const observation = observations[first];
    if (observation) buffer.add(observation, actions[first] ?? 0, sum, next, terminal ? 0 : factor);
    first = (first + 1) % steps;
    pending -= 1;
  };

  return {
    add(observation, action, reward, next, { ended, truncated }) {
      const at = (first + pending) % steps;
      observations[at]?.set(observation);
      actions[at] = action;
      rewards[at] = reward;
      pending += 1;
      if (ended) {
        while (pending > 0) release(next, !truncated);
      } else if (pending === steps) {
        release(next, false);
      }
    },
  };
}

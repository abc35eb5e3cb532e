import type { Environment } from '../../../engine/learning/environment';
import { createRandom } from '../../../engine/nn/random';

const FARTHEST = 9;
const MAX_STEPS = 40;

/**
 * A task in miniature: walk up to somebody who steps back now and then, and strike once.
 * A strike from afar loses; whoever never strikes draws.
 */
export function createStrikeTask(): Environment {
  let random = createRandom(0);
  let distance = 0;
  let steps = 0;
  let result: 'win' | 'loss' | 'draw' = 'draw';
  const outcome = { reward: 0, ended: false, truncated: false };

  const observe = (observation: Float32Array): void => {
    observation[0] = distance / FARTHEST;
    observation[1] = distance <= 1 ? 1 : 0;
    observation[2] = 1;
  };

  return {
    observationSize: 3,
    actionCount: 3,
    reset(seed, observation) {
      random = createRandom(seed);
      distance = 4 + random.integer(FARTHEST - 3);
      steps = 0;
      result = 'draw';
      observe(observation);
    },
    act(action, observation) {
      steps += 1;
      outcome.reward = -0.01;
      outcome.ended = steps === MAX_STEPS;
      outcome.truncated = outcome.ended;
      if (action === 2) {
        result = distance <= 1 ? 'win' : 'loss';
        outcome.reward = result === 'win' ? 1 : -1;
        outcome.ended = true;
        outcome.truncated = false;
      } else {
        const retreat = random.next() < 0.2 ? 1 : 0;
        distance = Math.max(0, Math.min(FARTHEST, distance + (action === 0 ? -1 : 1) + retreat));
      }
      observe(observation);
      return outcome;
    },
    result: () => result,
  };
}

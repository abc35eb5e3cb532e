import type { Random } from '../nn/random';

/** Rows drawn from a replay buffer, for one update. Overwritten by each draw. */
export interface Batch {
  readonly size: number;
  /** `size × observationSize`, row-major. */
  readonly observations: Float32Array<ArrayBuffer>;
  readonly nextObservations: Float32Array<ArrayBuffer>;
  readonly actions: Int32Array;
  readonly rewards: Float32Array<ArrayBuffer>;
  /** What the value of the next observation is multiplied by; 0 where the episode ended. */
  readonly discounts: Float32Array<ArrayBuffer>;
}

/** The last `capacity` transitions that a learner saw, each drawn with equal probability. */
export interface ReplayBuffer {
  readonly size: number;
  add(
    observation: Float32Array,
    action: number,
    reward: number,
    nextObservation: Float32Array,
    discount: number,
  ): void;
  /** Fills `batch` with random transitions, the same one twice at times. Allocates nothing. */
  draw(batch: Batch, random: Random): void;
}

/** Creates an empty buffer; its memory, `capacity × (2 × observationSize + 3) × 4` bytes, is taken at once. */
export function createReplayBuffer(capacity: number, observationSize: number): ReplayBuffer {
  const observations = new Float32Array(capacity * observationSize);
  const nextObservations = new Float32Array(capacity * observationSize);
  const actions = new Int32Array(capacity);
  const rewards = new Float32Array(capacity);
  const discounts = new Float32Array(capacity);
  let size = 0;
  let at = 0;

  return {
    get size() {
      return size;
    },
    add(observation, action, reward, nextObservation, discount) {
      observations.set(observation, at * observationSize);
      nextObservations.set(nextObservation, at * observationSize);
      actions[at] = action;
      rewards[at] = reward;
      discounts[at] = discount;
      at = (at + 1) % capacity;
      size = Math.min(size + 1, capacity);
    },
    draw(batch, random) {
      for (let row = 0; row < batch.size; row++) {
        const from = random.integer(size);
        const to = row * observationSize;
        for (let i = 0; i < observationSize; i++) {
          batch.observations[to + i] = observations[from * observationSize + i] ?? 0;
          batch.nextObservations[to + i] = nextObservations[from * observationSize + i] ?? 0;
        }
        batch.actions[row] = actions[from] ?? 0;
        batch.rewards[row] = rewards[from] ?? 0;
        batch.discounts[row] = discounts[from] ?? 0;
      }
    },
  };
}

/** Memory for one batch. */
export function createBatch(size: number, observationSize: number): Batch {
  return {
    size,
    observations: new Float32Array(size * observationSize),
    nextObservations: new Float32Array(size * observationSize),
    actions: new Int32Array(size),
    rewards: new Float32Array(size),
    discounts: new Float32Array(size),
  };
}

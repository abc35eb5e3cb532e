import { type Adam, applyAdam, createAdam } from '../nn/adam';
import { backward, copyParameters, createNetwork, forward, type Network } from '../nn/network';
import { createRandom, type Random } from '../nn/random';
import type { Environment } from './environment';
import { createMultiStep, type MultiStep } from './multi-step';
import { type Batch, createBatch, createReplayBuffer, type ReplayBuffer } from './replay-buffer';

/** What a learner needs to know beside its task. */
export interface LearnerSettings {
  readonly seed: number;
  /** Step size of Adam. */
  readonly learningRate: number;
  /** Worth of a reward one step later (gamma). */
  readonly discount: number;
  /** Steps until exploration reaches its lowest. */
  readonly explorationSteps: number;
  readonly hiddenSizes?: readonly number[];
}

/** What the learner measured about itself. */
export interface Measurement {
  step: number;
  episode: number;
  /** Mean Huber loss of the updates since the last measurement. */
  loss: number;
  /** Sum of rewards of the last episode that ended; of the running one before any has. */
  reward: number;
  /** Mean over the same updates of the value of the best action. */
  qValue: number;
  /** Steps of that episode. */
  episodeLength: number;
}

/** How the policy does when it explores nothing. */
export interface Evaluation {
  step: number;
  rounds: number;
  wins: number;
  meanReward: number;
}

const BATCH_SIZE = 32;
const BUFFER_CAPACITY = 20_000;
const WARM_UP_STEPS = 500;
const STEPS_PER_UPDATE = 4;
const UPDATES_PER_TARGET_SYNC = 200;
const RETURN_STEPS = 12;
const LEAST_EXPLORATION = 0.05;
/** Added to an evaluation's number to get its round's seed: rounds no training episode has begun with. */
const EVALUATION_SEED = 0x5eed_0000;

/**
 * Double deep Q-learning (arXiv:1509.06461) with n-step returns and a uniform replay buffer.
 * Its seed and its environment decide everything it does; it reads no clock.
 */
export class Learner {
  /** Environment steps taken. */
  step = 0;
  /** Number of the running episode, from 1. */
  episode = 1;
  readonly network: Network;

  readonly #environment: Environment;
  readonly #settings: LearnerSettings;
  readonly #random: Random;
  readonly #target: Network;
  readonly #adam: Adam;
  readonly #buffer: ReplayBuffer;
  readonly #transitions: MultiStep;
  readonly #batch: Batch;
  readonly #targets = new Float32Array(BATCH_SIZE);
  readonly #outputGradients: Float32Array<ArrayBuffer>;
  #observation: Float32Array<ArrayBuffer>;
  #next: Float32Array<ArrayBuffer>;

  #running = { reward: 0, length: 0 };
  #finished: { reward: number; length: number } | undefined;
  #sums = { loss: 0, qValue: 0, updates: 0 };

  constructor(environment: Environment, settings: LearnerSettings) {
    const { observationSize, actionCount } = environment;
    this.#environment = environment;
    this.#settings = settings;
    this.#random = createRandom(settings.seed);
    const shape = {
      sizes: [observationSize, ...(settings.hiddenSizes ?? [64, 64]), actionCount],
      maxBatch: BATCH_SIZE,
      random: this.#random,
    };
    this.network = createNetwork(shape);
    this.#target = createNetwork(shape);
    copyParameters(this.network, this.#target);
    this.#adam = createAdam(this.network, settings.learningRate);
    this.#buffer = createReplayBuffer(BUFFER_CAPACITY, observationSize);
    this.#transitions = createMultiStep(this.#buffer, observationSize, RETURN_STEPS, settings.discount);
    this.#batch = createBatch(BATCH_SIZE, observationSize);
    this.#outputGradients = new Float32Array(BATCH_SIZE * actionCount);
    this.#observation = new Float32Array(observationSize);
    this.#next = new Float32Array(observationSize);
    environment.reset(this.#episodeSeed(), this.#observation);
  }

  /** Takes one step in the environment, and learns every few. Returns whether an episode ended with it. */
  advance(): boolean {
    const action =
      this.#random.next() < this.#exploration()
        ? this.#random.integer(this.#environment.actionCount)
        : this.#bestAction(this.#observation, this.#random);
    const outcome = this.#environment.act(action, this.#next);
    this.#transitions.add(this.#observation, action, outcome.reward, this.#next, outcome);
    this.#running.reward += outcome.reward;
    this.#running.length += 1;
    this.step += 1;

    const { ended } = outcome;
    if (ended) {
      this.#finished = { ...this.#running };
      this.#running = { reward: 0, length: 0 };
      this.episode += 1;
      this.#environment.reset(this.#episodeSeed(), this.#observation);
    } else {
      [this.#observation, this.#next] = [this.#next, this.#observation];
    }
    if (this.step >= WARM_UP_STEPS && this.step % STEPS_PER_UPDATE === 0) this.#update();
    return ended;
  }

  /** What happened since the last measurement; undefined while nothing was learned in between. */
  measure(): Measurement | undefined {
    const { loss, qValue, updates } = this.#sums;
    if (updates === 0) return undefined;
    this.#sums = { loss: 0, qValue: 0, updates: 0 };
    const { reward, length } = this.#finished ?? this.#running;
    return {
      step: this.step,
      episode: this.#finished ? this.episode - 1 : this.episode,
      loss: loss / updates,
      reward,
      qValue: qValue / updates,
      episodeLength: length,
    };
  }

  /**
   * Plays rounds by the policy alone, each from a seed that training never uses.
   * @param environment one of its own: the training episode goes on undisturbed.
   */
  evaluate(environment: Environment, rounds: number): Evaluation {
    const observation = new Float32Array(environment.observationSize);
    const random = createRandom(EVALUATION_SEED);
    let wins = 0;
    let reward = 0;
    for (let round = 0; round < rounds; round++) {
      environment.reset(EVALUATION_SEED + round, observation);
      for (let ended = false; !ended; ) {
        const outcome = environment.act(this.#bestAction(observation, random), observation);
        reward += outcome.reward;
        ended = outcome.ended;
      }
      if (environment.result() === 'win') wins += 1;
    }
    return { step: this.step, rounds, wins, meanReward: reward / rounds };
  }

  #episodeSeed(): number {
    // Below EVALUATION_SEED, so that the two never meet.
    return this.#random.integer(EVALUATION_SEED);
  }

  #exploration(): number {
    const progress = Math.min(1, this.step / this.#settings.explorationSteps);
    return 1 - progress * (1 - LEAST_EXPLORATION);
  }

  /** The action of the highest value; of several, any: before it learns, the policy is chance. */
  #bestAction(observation: Float32Array<ArrayBuffer>, random: Random): number {
    const { actionCount } = this.#environment;
    const values = forward(this.network, observation, 1);
    const best = values[argmax(values, 0, actionCount)] ?? 0;
    let chosen = 0;
    let equals = 0;
    for (let action = 0; action < actionCount; action++) {
      if (values[action] !== best) continue;
      equals += 1;
      if (equals === 1 || random.integer(equals) === 0) chosen = action;
    }
    return chosen;
  }

  /** One gradient step on a random batch. Allocates nothing. */
  #update(): void {
    const batch = this.#batch;
    const actionCount = this.#environment.actionCount;
    this.#buffer.draw(batch, this.#random);

    // The online network chooses the next action, the target network says what it is worth.
    const nextValues = forward(this.#target, batch.nextObservations, BATCH_SIZE);
    const nextChoices = forward(this.network, batch.nextObservations, BATCH_SIZE);
    for (let row = 0; row < BATCH_SIZE; row++) {
      const choice = argmax(nextChoices, row * actionCount, actionCount);
      const nextValue = nextValues[row * actionCount + choice] ?? 0;
      this.#targets[row] = (batch.rewards[row] ?? 0) + (batch.discounts[row] ?? 0) * nextValue;
    }

    const values = forward(this.network, batch.observations, BATCH_SIZE);
    this.#outputGradients.fill(0);
    let loss = 0;
    let bestValues = 0;
    for (let row = 0; row < BATCH_SIZE; row++) {
      const at = row * actionCount + (batch.actions[row] ?? 0);
      const error = (values[at] ?? 0) - (this.#targets[row] ?? 0);
      const size = Math.abs(error);
      loss += size <= 1 ? 0.5 * error * error : size - 0.5;
      this.#outputGradients[at] = Math.max(-1, Math.min(1, error)) / BATCH_SIZE;
      bestValues += values[row * actionCount + argmax(values, row * actionCount, actionCount)] ?? 0;
    }
    backward(this.network, batch.observations, this.#outputGradients, BATCH_SIZE);
    applyAdam(this.#adam, this.network);
    if (this.#adam.updates % UPDATES_PER_TARGET_SYNC === 0) copyParameters(this.network, this.#target);

    this.#sums.loss += loss / BATCH_SIZE;
    this.#sums.qValue += bestValues / BATCH_SIZE;
    this.#sums.updates += 1;
  }
}

/** Index, counted from `start`, of the largest of `count` values. */
function argmax(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if ((values[start + i] ?? 0) > (values[start + best] ?? 0)) best = i;
  }
  return best;
}

import type { Measurement } from '../../engine/learning/learner';
import type { TrainingMetrics } from '../grpc/gen/proto/training';
import type {
  StartTrainingRequest,
  Training as WireTraining,
  TrainingConfig as WireTrainingConfig,
} from '../grpc/gen/proto/training_control';
import type { TrainingConfig } from './config';
import { TRAINING_STATUSES, type Training, type TrainingStatus } from './session';
import { type Requester, STANDINGS } from './shares';

/** A measurement as `training.proto` has it. */
export function toMetrics(sessionId: string, measurement: Measurement): TrainingMetrics {
  const { step, episode, loss, reward, qValue, episodeLength } = measurement;
  return {
    session_id: sessionId,
    step,
    episode,
    loss,
    reward,
    q_value: qValue,
    episode_length: episodeLength,
  };
}

/** Settings as `training_control.proto` has them. */
export function toWireConfig(config: TrainingConfig): WireTrainingConfig {
  return {
    character_id: config.characterId,
    opponent_character_id: config.opponentCharacterId,
    opponent: config.opponent,
    learning_rate: config.learningRate,
    discount: config.discount,
    max_steps: config.maxSteps,
    max_seconds: config.maxSeconds,
    evaluate_every_steps: config.evaluateEverySteps,
    seed: config.seed,
  };
}

/** Settings from the wire by our names; what is zero or empty there is absent here. */
export function fromWireConfig(config: WireTrainingConfig | undefined): Record<string, unknown> {
  if (!config) return {};
  const settings = {
    characterId: config.character_id,
    opponentCharacterId: config.opponent_character_id,
    opponent: config.opponent,
    learningRate: config.learning_rate,
    discount: config.discount,
    maxSteps: config.max_steps,
    maxSeconds: config.max_seconds,
    evaluateEverySteps: config.evaluate_every_steps,
    seed: config.seed,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== 0 && value !== ''));
}

/** A training as `training_control.proto` has it. */
export function toWireTraining(training: Training): WireTraining {
  return {
    session_id: training.sessionId,
    name: training.name,
    status: training.status,
    reason: training.reason,
    config: toWireConfig(training.config),
    created_at_ms: BigInt(training.createdAtMs),
    ended_at_ms: BigInt(training.endedAtMs ?? 0),
    last_step: training.lastStep,
    last_episode: training.lastEpisode,
    evaluations: training.evaluations.map(({ step, rounds, wins, meanReward }) => ({
      step,
      rounds,
      wins,
      mean_reward: meanReward,
    })),
  };
}

/** For whom a training is asked for; nobody when nothing is said. An unknown standing is the lowest. */
export function fromWireRequester(request: StartTrainingRequest): Requester | undefined {
  const { owner_id: ownerId, address_key: addressKey, standing } = request;
  if (ownerId === '' && addressKey === '' && standing === '') return undefined;
  return { ownerId, addressKey, standing: STANDINGS.find((one) => one === standing) ?? 'guest' };
}

/** A state from the wire. A service of somebody else may use other words: they promise nothing, as an end does. */
export function fromWireStatus(status: string): TrainingStatus {
  return TRAINING_STATUSES.find((one) => one === status) ?? 'ended';
}

/** For whom a training is asked for, as `training_control.proto` has it. */
export function toWireRequester(requester: Requester | undefined) {
  const { ownerId = '', addressKey = '', standing = '' } = requester ?? {};
  return { owner_id: ownerId, address_key: addressKey, standing };
}

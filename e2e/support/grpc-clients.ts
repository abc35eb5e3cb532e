import {
  type ChannelCredentials,
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** One GameState, with the names of game.proto. */
export interface GameState {
  readonly match_id: string;
  readonly timer: number;
  readonly player1: PlayerState;
  readonly player2: PlayerState;
  /** Absent until the last message. */
  readonly winner_id?: number;
}

interface PlayerState {
  readonly health: number;
  readonly super_gauge: number;
  readonly position_x: number;
  readonly position_y: number;
  readonly current_action: string;
}

interface Request {
  readonly match_id: string;
  readonly player1_id: number;
  readonly player2_id: number;
}

interface StreamClient {
  close(): void;
}

interface GameServiceClient extends StreamClient {
  StreamGameState(request: Request): ClientReadableStream<GameState>;
}

/** One TrainingMetrics, with the names of training.proto. */
export interface TrainingMetrics {
  readonly session_id: string;
  readonly step: number;
  readonly episode: number;
  readonly loss: number;
  readonly reward: number;
  readonly q_value?: number;
  readonly episode_length: number;
}

interface TrainingServiceClient extends StreamClient {
  StreamTrainingMetrics(request: { session_id: string }): ClientReadableStream<TrainingMetrics>;
}

type ClientOf<C> = new (address: string, insecure: ChannelCredentials) => C;

function load(proto: string): unknown {
  return loadPackageDefinition(loadSync(proto, { keepCase: true, defaults: true, oneofs: false }));
}

/** A client of GameService made from the printed proto alone, at run time. */
export function gameClient(address: string): GameServiceClient {
  const { game } = load('proto/game.proto') as { game: { GameService: ClientOf<GameServiceClient> } };
  return new game.GameService(address, credentials.createInsecure());
}

/** A client of TrainingService made from the printed proto alone, at run time. */
export function trainingClient(address: string): TrainingServiceClient {
  const { training } = load('proto/training.proto') as {
    training: { TrainingService: ClientOf<TrainingServiceClient> };
  };
  return new training.TrainingService(address, credentials.createInsecure());
}

/** Everything that a stream says until it ends with OK. */
export function collect<T>(call: ClientReadableStream<T>): Promise<T[]> {
  const messages: T[] = [];
  return new Promise((resolve, reject) => {
    call.on('data', (message: T) => messages.push(message));
    call.on('end', () => resolve(messages));
    call.on('error', reject);
  });
}

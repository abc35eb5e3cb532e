import { type ClientReadableStream, credentials, loadPackageDefinition } from '@grpc/grpc-js';
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

interface GameServiceClient {
  StreamGameState(request: Request): ClientReadableStream<GameState>;
  close(): void;
}

/** A client of GameService made from the printed proto alone, at run time. */
export function gameClient(address: string): GameServiceClient {
  const definition = loadSync('proto/game.proto', { keepCase: true, defaults: true, oneofs: false });
  const loaded = loadPackageDefinition(definition);
  const game = loaded.game as unknown as {
    GameService: new (address: string, credentials: ReturnType<typeof plain>) => GameServiceClient;
  };
  return new game.GameService(address, plain());
}

const plain = () => credentials.createInsecure();

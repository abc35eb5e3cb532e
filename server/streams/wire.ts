import type { FailureCode } from './upstream';

/** One player as a viewer gets it (game.proto, field for field). */
export interface PlayerView {
  readonly health: number;
  readonly super_gauge: number;
  readonly position_x: number;
  readonly position_y: number;
  readonly current_action: string;
}

/** One frame of a match as a viewer gets it. `winner_id` is there on the last frame only; 0 is a draw. */
export interface StateView {
  readonly match_id: string;
  /** Seconds left in the round. */
  readonly timer: number;
  readonly player1: PlayerView;
  readonly player2: PlayerView;
  readonly winner_id?: number;
}

/** One measurement of a training as a viewer gets it (training.proto, field for field). */
export interface MetricView {
  readonly session_id: string;
  readonly step: number;
  readonly episode: number;
  readonly loss: number;
  readonly reward: number;
  readonly q_value?: number;
  readonly episode_length: number;
}

/** The upstream is away; the stream goes on by itself when it is back. */
export interface ReconnectingEvent {
  readonly type: 'reconnecting';
}

/** The stream is over because the upstream refused or broke. `code` is the name of its gRPC status, or CONTRACT_BROKEN. */
export interface FailedEvent {
  readonly type: 'failed';
  readonly code: FailureCode;
  readonly message: string;
}

/** How a match ended: 1 or 2 won, 0 is a draw, a dispute or no contest. `reason` where the judge said one. */
export interface MatchEndedEvent {
  readonly type: 'ended';
  readonly winner_id: number;
  readonly reason?: string;
}

/** What `match.stateStream` yields. After a `snapshot` the viewer forgets what it had. */
export type StateEvent =
  | { readonly type: 'state'; readonly states: readonly StateView[] }
  | { readonly type: 'snapshot'; readonly states: readonly StateView[] }
  | ReconnectingEvent
  | MatchEndedEvent
  | FailedEvent;

/** What `training.metricStream` yields. After a `snapshot` the viewer forgets what it had. */
export type MetricEvent =
  | { readonly type: 'metrics'; readonly metrics: readonly MetricView[] }
  | { readonly type: 'snapshot'; readonly metrics: readonly MetricView[] }
  | ReconnectingEvent
  | { readonly type: 'ended' }
  | FailedEvent;

import type { Logger } from 'pino';
import type { ClientEventName, ClientPayload, Success } from '../../proto/signaling';
import type { Clock } from '../clock';
import type { Sessions } from '../sessions/sessions';
import type { LobbyBroadcast } from './broadcast';
import type { Connection } from './connection';
import type { Lobby } from './lobby';
import type { Presence } from './presence';

/** What a handler may use. */
export interface SignalingContext {
  readonly sessions: Sessions;
  readonly lobby: Lobby;
  readonly presence: Presence;
  readonly broadcast: LobbyBroadcast;
  /** Whether a connection is the one that acts for its player. */
  isActing(connection: Connection): boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Handles one event whose payload and acting field are checked; what it returns is acked beside `ok`. */
export type Handler<E extends ClientEventName> = (
  ctx: SignalingContext,
  connection: Connection,
  payload: ClientPayload<E>,
) => Promise<Omit<Success<E>, 'ok'>>;

import type { Logger } from 'pino';
import type { ClientEventName, ClientPayload } from '../../proto/signaling';
import type { ServerEventName, ServerPayloads, Success } from '../../proto/signaling-payloads';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import type { QuickMatch } from '../quick-match/quick-match';
import type { Sessions } from '../sessions/sessions';
import type { Askings } from './askings';
import type { LobbyBroadcast } from './broadcast';
import type { Connection } from './connection';
import type { Lobby } from './lobby';
import type { Presence } from './presence';

/** What a handler may use. */
export interface SignalingContext {
  readonly sessions: Sessions;
  readonly quickMatch: QuickMatch;
  readonly lobby: Lobby;
  readonly presence: Presence;
  readonly broadcast: LobbyBroadcast;
  readonly askings: Askings;
  readonly db: PrismaClient;
  /** How far a player is from the server, there and back; undefined for who is not here, or before the first ping. */
  rttOf(playerId: string): number | undefined;
  /** Whether a connection is the one that acts for its player. */
  isActing(connection: Connection): boolean;
  /** Sends to the line that acts for a player, if there is one. */
  tell<E extends ServerEventName>(playerId: string, event: E, payload: ServerPayloads[E]): void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Handles one event whose payload and acting field are checked; what it returns is acked beside `ok`. */
export type Handler<E extends ClientEventName> = (
  ctx: SignalingContext,
  connection: Connection,
  payload: ClientPayload<E>,
) => Promise<Omit<Success<E>, 'ok'>>;

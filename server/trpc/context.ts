import type { Role } from '../db/generated/enums';
import type { Line } from './line';

/** Who is asking, as the login cookie says. */
export interface SignedIn {
  readonly playerId: string;
  /** The log-in by which they are here; what they leave open ends with it. */
  readonly loginId: string;
  readonly epoch: number;
  readonly playerName: string;
  readonly role: Role;
  readonly isGuest: boolean;
}

/** What every procedure gets. */
export interface TrpcContext {
  /** null when signed out. */
  readonly user: SignedIn | null;
  /** An OAuth account that has not chosen its name: nobody yet, but the one procedure that asks for the name. */
  readonly unnamed?: SignedIn | null;
  /** Address of the client, for rate limits. */
  readonly address: string;
  /** Where the client reached us; absent when a procedure is called inside the process. */
  readonly origin?: string;
  /** True when a browser says that another site's page asks: it may read what is public, and change nothing. */
  readonly isCrossSite?: boolean;
  /** The WebSocket that the call came over; over HTTP each subscription has a connection of its own. */
  readonly line?: Line;
  /** Aborted when the client goes away. */
  readonly signal?: AbortSignal;
}

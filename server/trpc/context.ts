import type { Role } from '../db/generated/enums';

/** Who is asking, as the login cookie says. */
export interface SignedIn {
  readonly playerId: string;
  readonly playerName: string;
  readonly role: Role;
  readonly isGuest: boolean;
}

/** What every procedure gets. */
export interface TrpcContext {
  /** null when signed out. */
  readonly user: SignedIn | null;
  /** Address of the client, for rate limits. */
  readonly address: string;
  /** Aborted when the client goes away. */
  readonly signal?: AbortSignal;
}

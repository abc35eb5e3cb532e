import { AppError } from '../errors';

/** Who makes a request. */
export type Caller =
  /** A token says who: speaks for this player and nobody else. */
  | { readonly kind: 'player'; readonly playerId: string }
  /** Loopback that is trusted, or the service token. */
  | { readonly kind: 'trusted' }
  | { readonly kind: 'nobody' };

/** Who may use a route (STATE-2). */
export type Who = 'signed-in' | 'trusted' | 'designer';

/** @throws {AppError} UNAUTHENTICATED for nobody, FORBIDDEN for who may not */
export function requireAllowed(caller: Caller, who: Who, mayDesign: (caller: Caller) => boolean): void {
  if (caller.kind === 'nobody')
    throw new AppError('UNAUTHENTICATED', 'Say who you are: a bearer token, or the service key.');
  if (who === 'trusted' && caller.kind !== 'trusted')
    throw new AppError('FORBIDDEN', 'Only the arcade itself may do that.');
  if (who === 'designer' && !mayDesign(caller))
    throw new AppError('FORBIDDEN', 'Only those who make scenarios may do that.');
}

/** The player whose sessions alone a caller sees; undefined for all. */
export function viewerOf(caller: Caller): string | undefined {
  return caller.kind === 'player' ? caller.playerId : undefined;
}

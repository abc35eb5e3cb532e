import { Metadata } from '@grpc/grpc-js';

/**
 * Metadata key by which a caller of `StreamGameState` says that the id belongs to players: the service
 * then answers UNAVAILABLE until the match is open instead of starting an exhibition under its id.
 */
export const LIVE_ONLY_KEY = 'arcade-live-only';

/** Metadata for a stream that must not start an exhibition. */
export function liveOnlyMetadata(): Metadata {
  const metadata = new Metadata();
  metadata.set(LIVE_ONLY_KEY, '1');
  return metadata;
}

import { VirtualMatch } from '../../engine/rollback/testing/virtual-match';
import type { LinkProfile } from '../../engine/rollback/testing/virtual-network';

/** Bytes per second that one player hands to the transport at 60 Hz with two bytes of input, measured over 60 s. */
export function bytesPerSecond(profile: LinkProfile): number {
  const match = new VirtualMatch({ seed: 1, profile, frames: 3600, inputBytes: 2 });
  match.runToEnd(120_000);
  return match.network.statistics.bytes / match.hosts.length / (match.network.nowMs / 1000);
}

export const PROFILES: Record<string, LinkProfile> = {
  clean: { latencyMs: 5 },
  loss5rtt100: { latencyMs: 50, loss: 0.05 },
  loss15rtt200: { latencyMs: 100, jitterMs: 20, loss: 0.15 },
};

import type { ByteReader, ByteWriter } from './bytes';
import type { EventQueue } from './event-queue';
import type { InputQueue } from './input-queue';
import type { SessionMetrics } from './metrics';
import type { InputPacket } from './packet';
import type { Timeline } from './timeline';

/** What the connections of one session share: the simulation, the figures, and buffers that are used one at a time. */
export interface PeerContext {
  readonly timeline: Timeline;
  readonly queue: InputQueue;
  readonly metrics: SessionMetrics;
  readonly events: EventQueue;
  readonly localPlayers: readonly number[];
  readonly localMask: number;
  /** With three or more peers each packet tells whose inputs are known, so that all agree on a leaver's last frame. */
  readonly gossips: boolean;
  readonly writer: ByteWriter;
  readonly reader: ByteReader;
  readonly packet: InputPacket;
  readonly scratch: Uint8Array;
  /** The time of the present call, ms. Kept here because a number with a fraction that is passed on is allocated. */
  nowMs: number;
  /** Time since the last poll, ms. */
  elapsedMs: number;
  isPaused: boolean;
  isLeaving: boolean;
}

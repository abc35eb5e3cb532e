import type { Transport } from '../../engine/rollback/types';

/** Datagrams that wait for the session at most; a peer that floods loses its own packets. */
const MAX_QUEUED = 256;

/** Largest datagram that is looked at. Ours are far smaller; anything above is not ours. */
const MAX_DATAGRAM_BYTES = 1200;

/** Bytes that may wait in the browser's send buffer before packets are dropped: late inputs are resent anyway. */
const MAX_BUFFERED_BYTES = 16 * 1024;

/** What the practice network does to each packet that arrives. */
export interface NetworkConditions {
  /** Added one-way delay in milliseconds. */
  readonly latencyMs: number;
  /** The delay varies evenly by plus or minus this many milliseconds. */
  readonly jitterMs: number;
  /** Share of packets lost, 0 to 1. */
  readonly loss: number;
}

export const NO_CONDITIONS: NetworkConditions = { latencyMs: 0, jitterMs: 0, loss: 0 };

/** A transport over one WebRTC data channel, and the end of its life. */
export interface ChannelTransport extends Transport {
  /** Stops listening; the channel itself belongs to the peer. */
  close(): void;
}

/** Wraps an open, unreliable data channel. */
export function channelTransport(channel: RTCDataChannel): ChannelTransport {
  const queue: Uint8Array[] = [];
  channel.binaryType = 'arraybuffer';
  const onMessage = (event: MessageEvent) => {
    if (!(event.data instanceof ArrayBuffer) || event.data.byteLength > MAX_DATAGRAM_BYTES) return;
    if (queue.length < MAX_QUEUED) queue.push(new Uint8Array(event.data));
  };
  channel.addEventListener('message', onMessage);
  return {
    send(bytes) {
      if (channel.readyState !== 'open' || channel.bufferedAmount > MAX_BUFFERED_BYTES) return;
      // The session lends its buffer for the call only, and `send` copies; the slice fits the type to an ArrayBuffer.
      channel.send(bytes.slice());
    },
    receive: () => queue.shift(),
    close: () => channel.removeEventListener('message', onMessage),
  };
}

interface Held {
  readonly dueMs: number;
  readonly bytes: Uint8Array;
}

/**
 * The network conditioner: stands between a session and its transport and makes arriving packets late,
 * uneven and lost, so that players can practise against lag and tests can prove rollback.
 * @param now a clock in milliseconds.
 * @param random even numbers in [0, 1); seed it in tests.
 */
export function conditionTransport(
  inner: Transport,
  conditions: NetworkConditions,
  now: () => number,
  random: () => number,
): Transport {
  if (conditions.latencyMs <= 0 && conditions.jitterMs <= 0 && conditions.loss <= 0) return inner;
  const held: Held[] = [];
  return {
    send: (bytes) => inner.send(bytes),
    receive() {
      for (let bytes = inner.receive(); bytes !== undefined; bytes = inner.receive()) {
        if (random() < conditions.loss || held.length >= MAX_QUEUED) continue;
        const delayMs = conditions.latencyMs + (random() * 2 - 1) * conditions.jitterMs;
        held.push({ dueMs: now() + Math.max(0, delayMs), bytes });
      }
      const ripe = earliest(held);
      if (ripe < 0 || (held[ripe]?.dueMs ?? Number.POSITIVE_INFINITY) > now()) return undefined;
      return held.splice(ripe, 1)[0]?.bytes;
    },
  };
}

/** Index of the packet that is due first, or -1. Jitter reorders, as real networks do. */
function earliest(held: readonly Held[]): number {
  let best = -1;
  let bestDueMs = Number.POSITIVE_INFINITY;
  for (const [index, packet] of held.entries()) {
    if (packet.dueMs < bestDueMs) {
      best = index;
      bestDueMs = packet.dueMs;
    }
  }
  return best;
}

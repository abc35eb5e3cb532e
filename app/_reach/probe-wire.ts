/**
 * What a probe carries (SIG-28, PEER-14), little-endian: kind u8, reach u8, number u16. A pong has the number of its ping. A
 * client that sends something else is not understood, and no harm is done.
 */

/** What a browser's own ICE found, and what its player wants. */
export interface Reach {
  /** An address of its own network. */
  readonly host: boolean;
  /** A STUN server sees it: UDP gets out. */
  readonly reflexive: boolean;
  /** A TURN server carries it. */
  readonly relay: boolean;
  /** Another address towards each server: what one server sees is of no use to anybody else. */
  readonly symmetric: boolean;
  /** The player wants no direct way. */
  readonly relayOnly: boolean;
  /** There was a server to ask over UDP. */
  readonly asked: boolean;
}

export interface Probe {
  readonly kind: 'ping' | 'pong';
  /** undefined while it is not known. */
  readonly reach: Reach | undefined;
  /** uint16 */
  readonly number: number;
}

const BITS = { host: 1, reflexive: 2, relay: 4, symmetric: 8, relayOnly: 16, asked: 32 } as const;
const IS_KNOWN = 64;
const BYTES = 4;

export function encodeProbe({ kind, reach, number }: Probe): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kind === 'ping' ? 1 : 2);
  view.setUint8(1, reach ? IS_KNOWN | bitsOf(reach) : 0);
  view.setUint16(2, number, true);
  return bytes;
}

/** undefined for what is no probe of ours. */
export function decodeProbe(data: Uint8Array): Probe | undefined {
  if (data.byteLength !== BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, BYTES);
  const kind = view.getUint8(0);
  if (kind !== 1 && kind !== 2) return undefined;
  const bits = view.getUint8(1);
  const has = (bit: number) => (bits & bit) !== 0;
  return {
    kind: kind === 1 ? 'ping' : 'pong',
    number: view.getUint16(2, true),
    reach: has(IS_KNOWN)
      ? {
          host: has(BITS.host),
          reflexive: has(BITS.reflexive),
          relay: has(BITS.relay),
          symmetric: has(BITS.symmetric),
          relayOnly: has(BITS.relayOnly),
          asked: has(BITS.asked),
        }
      : undefined,
  };
}

function bitsOf(reach: Reach): number {
  return (
    (reach.host ? BITS.host : 0) |
    (reach.reflexive ? BITS.reflexive : 0) |
    (reach.relay ? BITS.relay : 0) |
    (reach.symmetric ? BITS.symmetric : 0) |
    (reach.relayOnly ? BITS.relayOnly : 0) |
    (reach.asked ? BITS.asked : 0)
  );
}

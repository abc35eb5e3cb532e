import type { Transport } from '../../engine/rollback/types';
import { MAX_RELAY_BYTES } from '../../proto/signaling-limits';

/** What a datagram of the relay of last resort is: its first byte (PEER-11). */
const Tag = { probe: 0, engine: 1, signature: 2, newcomer: 3 } as const;

/** Datagrams that wait for the session at most; a peer that floods loses its own packets. */
const MAX_QUEUED = 256;

/** A page that knows nothing of the fight: where it begins again, and a number that tells one such page from the next. */
export interface Newcomer {
  readonly base: number;
  /** uint32 */
  readonly nonce: number;
}

export interface RelayPipeOptions {
  /** Hands a datagram to the server, or loses it; nothing is kept for later. */
  send(data: Uint8Array): void;
  /** Anything at all came from the opponent. */
  onHeard(): void;
  onSignature(message: Uint8Array): void;
  onNewcomer(newcomer: Newcomer): void;
}

/** The way to the opponent through the server. */
export interface RelayPipe {
  /** For the engine's packets. */
  readonly transport: Transport;
  /** Says only that this page is there. */
  probe(): void;
  sendSignature(message: Uint8Array): void;
  announce(newcomer: Newcomer): void;
  /** Takes what came. */
  hear(data: Uint8Array): void;
}

export function createRelayPipe(options: RelayPipeOptions): RelayPipe {
  const queue: Uint8Array[] = [];

  function send(tag: number, body: Uint8Array): void {
    if (body.length >= MAX_RELAY_BYTES) return;
    const data = new Uint8Array(body.length + 1);
    data[0] = tag;
    data.set(body, 1);
    options.send(data);
  }

  return {
    transport: {
      send: (bytes) => send(Tag.engine, bytes),
      receive: () => queue.shift(),
    },
    probe: () => send(Tag.probe, new Uint8Array(0)),
    sendSignature: (message) => send(Tag.signature, message),
    announce({ base, nonce }) {
      const body = new DataView(new ArrayBuffer(8));
      body.setUint32(0, base, true);
      body.setUint32(4, nonce, true);
      send(Tag.newcomer, new Uint8Array(body.buffer));
    },
    hear(data) {
      const body = data.subarray(1);
      if (data[0] === Tag.engine && queue.length < MAX_QUEUED) queue.push(body);
      else if (data[0] === Tag.signature) options.onSignature(body);
      else if (data[0] === Tag.newcomer && body.length === 8) {
        const view = new DataView(body.buffer, body.byteOffset, body.length);
        options.onNewcomer({ base: view.getUint32(0, true), nonce: view.getUint32(4, true) });
      }
      options.onHeard();
    },
  };
}

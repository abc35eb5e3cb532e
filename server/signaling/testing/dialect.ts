import * as msgpack from 'socket.io-msgpack-parser';
import { SIGNALING_MSGPACK_PATH, SIGNALING_PATH } from '../../../proto/signaling-limits';

export const DIALECTS = ['json', 'msgpack'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** What this run of the tests speaks: the contract is the same in both (vitest.config.ts, `msgpack`). */
export const DIALECT: Dialect = process.env.SIGNALING_DIALECT === 'msgpack' ? 'msgpack' : 'json';

/** Options of a client of socket.io's own that speaks one of the two. */
export function speaking(dialect: Dialect = DIALECT): { readonly path: string; readonly parser?: unknown } {
  return dialect === 'msgpack' ? { path: SIGNALING_MSGPACK_PATH, parser: msgpack } : { path: SIGNALING_PATH };
}

/** An event as it goes over the wire, past what a client would check. */
export function rawEvent(data: readonly unknown[], dialect: Dialect = DIALECT): string | Uint8Array {
  if (dialect === 'json') return `2${JSON.stringify(data)}`;
  return packed({ type: 2, nsp: '/', data });
}

/** Any packet of msgpack, or any value: as the library writes it, whose types know less of it than it does. */
export function packed(packet: unknown): Uint8Array {
  const [bytes] = [new msgpack.Encoder().encode(packet)].flat();
  return bytes ? new Uint8Array(bytes) : new Uint8Array();
}

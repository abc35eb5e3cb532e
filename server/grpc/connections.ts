import type { Http2Server, ServerHttp2Session } from 'node:http2';
import { Server as NetServer, type Socket } from 'node:net';
import type { Server } from '@grpc/grpc-js';
import { counter } from '../metrics';
import { normalizeAddress } from '../request-facts';
import { isLoopbackHost } from './loopback';

/** Connections of a listening address, and those of one client's address; the arcade's own come from loopback. */
const MAX_CONNECTIONS = 8_192;
const MAX_CONNECTIONS_AN_ADDRESS = 256;

const refused = counter('arcade_grpc_connections_refused_total', 'gRPC connections refused, by why', ['why']);

/** Headers and metadata of a call, as much as the HTTP port takes: more is RESOURCE_EXHAUSTED. Bytes. */
const MAX_HEADER_BYTES = 16_384;

const isHttp2 = (one: unknown): one is Http2Server => one instanceof NetServer && 'updateSettings' in one;

/**
 * The HTTP/2 servers below a gRPC server: it has no way of its own to limit connections, or to let go of a stream whose
 * client does not.
 * @throws when the gRPC library keeps them elsewhere than in the version that we pin
 */
export function http2ServersOf(server: Server): readonly Http2Server[] {
  const kept: unknown = Reflect.get(server, 'http2Servers');
  const found = kept instanceof Map ? [...kept.keys()].filter(isHttp2) : [];
  if (found.length === 0) throw new Error('The gRPC library does not keep its HTTP/2 servers where it did.');
  return found;
}

export interface ConnectionLimits {
  readonly total: number;
  readonly perAddress: number;
  /** Whose connections are not counted by address. */
  isExempt(address: string): boolean;
}

export const LIMITS: ConnectionLimits = {
  total: MAX_CONNECTIONS,
  perAddress: MAX_CONNECTIONS_AN_ADDRESS,
  isExempt: isLoopbackHost,
};

/** Tells each new client how much metadata a call may have: it then refuses larger ones by itself. */
export function tellHeaderLimit(server: Http2Server): void {
  server.updateSettings({ maxHeaderListSize: MAX_HEADER_BYTES });
}

/**
 * Knows the connections of servers, to cut them: the gRPC library forgets them where it takes no notes of calls (channelz is
 * off), and so its `forceShutdown` leaves whoever is connected without a word.
 * @returns cuts them all
 */
export function knowConnections(servers: readonly Http2Server[]): () => void {
  const open = new Set<ServerHttp2Session>();
  for (const server of servers)
    server.on('session', (session) => {
      open.add(session);
      session.once('close', () => open.delete(session));
    });
  return () => {
    for (const session of open) session.destroy();
  };
}

/** Counts connections and hangs up on those that are too many. */
export function limitConnections(server: NetServer, { total, perAddress, isExempt }: ConnectionLimits): void {
  const open = new Map<string, number>();
  let all = 0;
  server.on('connection', (socket: Socket) => {
    // Not by `maxConnections`: of several workers that share a port a full one would hand it on to the next, for ever.
    if (all >= total) {
      refused.inc({ why: 'all' });
      socket.destroy();
      return;
    }
    all += 1;
    socket.once('close', () => {
      all -= 1;
    });
    const address = normalizeAddress(socket.remoteAddress ?? '');
    // A socket of the file system has none.
    if (address === '' || isExempt(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > perAddress) {
      refused.inc({ why: 'address' });
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import { SIGNALING_MSGPACK_PATH, SIGNALING_PATH } from '../../proto/signaling-limits';
import type { SignalingIo } from './connection';
import { msgpackParser } from './msgpack';
import { guardTransport } from './transport';

/** A megabyte of SDP still gets its 413; beyond this the transport hangs up. */
export const MAX_MESSAGE_BYTES = 1_200_000;

/** Connections that have not said who they are, at one time: each has 10 s for it. */
const MAX_STRANGERS = 10_000;

/**
 * Opens the endpoints of both dialects on one http server: JSON, and msgpack at a path of its own, since a parser is a server's
 * in Socket.io, not a connection's. What is said is the same.
 * @param origin pages from there may connect, beside our own
 */
export function openDialects(httpServer: HttpServer, origin: string | undefined): readonly SignalingIo[] {
  let strangers = 0;
  const options: Partial<ServerOptions> = {
    serveClient: false,
    // Other upgrades on this server (hot reload, say) are not ours to destroy.
    destroyUpgrade: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 5_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    ...(origin ? { cors: { origin, credentials: true } } : {}),
    allowRequest: (_request, answer) =>
      strangers < MAX_STRANGERS ? answer(null, true) : answer('too many connections', false),
  };
  const all: readonly SignalingIo[] = [
    new Server(httpServer, { ...options, path: SIGNALING_PATH }),
    new Server(httpServer, { ...options, path: SIGNALING_MSGPACK_PATH, parser: msgpackParser }),
  ];
  for (const io of all) {
    io.engine.on('connection', (conn) => {
      strangers += 1;
      guardTransport(conn, () => {
        strangers -= 1;
      });
    });
  }
  return all;
}

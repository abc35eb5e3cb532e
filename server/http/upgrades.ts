import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorEnvelope } from '../errors';
import { refusedUpgrades } from './counts';
import { requestPath } from './server';

export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Answers an upgrade with the error envelope and ends it. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const { status, body } = errorEnvelope(error);
  refusedUpgrades.inc({ status: String(status) });
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  // Not only ended: a client that never ends its side would hold the connection open.
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
}

/** Who takes which upgrade: the one listener of the server, which answers what nobody takes. Grows as the parts start. */
export class Upgrades {
  readonly #takers = new Map<string, UpgradeHandler>();

  /** Hands upgrades at a path and below it to `take`. */
  serve(path: string, take: UpgradeHandler): void {
    this.#takers.set(path, take);
  }

  /** Becomes the listener of a server. */
  attach(server: Server): void {
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node took its own handler off with the upgrade; a client that hangs up is no fault.
      socket.on('error', () => {});
      try {
        this.#takerOf(requestPath(req))(req, socket, head);
      } catch (error) {
        refuseUpgrade(socket, error);
      }
    });
  }

  #takerOf(path: string): UpgradeHandler {
    for (const [prefix, take] of this.#takers)
      if (path === prefix || path.startsWith(`${prefix}/`)) return take;
    throw new AppError('NOT_FOUND', 'No socket is served at this path.');
  }
}

/**
 * For a library that hangs its listeners on a server: one that never listens. We hand it what is its own, and it can't
 * answer what isn't (Next ends every upgrade at a path where it has a page).
 */
export function sideServer(): { server: Server; upgrade: UpgradeHandler } {
  const server = createServer();
  return { server, upgrade: (req, socket, head) => void server.emit('upgrade', req, socket, head) };
}

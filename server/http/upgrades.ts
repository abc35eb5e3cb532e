import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors';
import { refuseUpgrade } from './refuse-upgrade';
import { isBelow } from './router';
import { requestPath } from './server';

export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

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
    for (const [prefix, take] of this.#takers) if (isBelow(path, prefix)) return take;
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

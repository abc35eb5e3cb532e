import { createServer, type Socket } from 'node:net';

/** A service that takes connections and never answers. */
export interface HungService {
  readonly port: number;
  close(): void;
}

/** Starts one on a free port of loopback. */
export async function startHungService(): Promise<HungService> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return {
    port: address.port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

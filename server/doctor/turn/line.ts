import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Address, lengthOf } from './message';

/** How a client reaches a STUN or TURN server. */
export type Transport = 'udp' | 'tcp' | 'tls';

/** A way on which whole messages go. */
export interface Line {
  send(message: Buffer): void;
  close(): void;
}

export interface LineOptions {
  /** Whose certificate it has to be: the name in the address that players are given. */
  readonly name: string;
  /** Certificates to be trusted beside the system's own, PEM. */
  readonly ca?: string | undefined;
  readonly withinMs: number;
  onMessage(message: Buffer): void;
  /** The line is of no use any more. */
  onFault(error: Error): void;
}

/** @throws what kept the line from coming about */
export function openLine(transport: Transport, server: Address, options: LineOptions): Promise<Line> {
  return transport === 'udp' ? openUdp(server, options) : openStream(transport, server, options);
}

async function openUdp({ ip, port }: Address, { onMessage, onFault }: LineOptions): Promise<Line> {
  const socket = createSocket(isIPv6(ip) ? 'udp6' : 'udp4');
  let isOpen = true;
  socket.on('message', onMessage);
  try {
    // Connected, so that a closed port is heard of.
    socket.connect(port, ip);
    await once(socket, 'connect');
  } catch (error) {
    // It is bound by then, and would keep the process alive.
    socket.close();
    throw error;
  }
  socket.on('error', onFault);
  return {
    send: (message) => {
      if (isOpen) socket.send(message);
    },
    close() {
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
}

async function openStream(
  transport: 'tcp' | 'tls',
  { ip: host, port }: Address,
  { name, ca, withinMs, onMessage, onFault }: LineOptions,
): Promise<Line> {
  const signal = AbortSignal.timeout(withinMs);
  // A certificate for an address has no server name to be asked for by.
  const named = isIPv6(name) || /^[\d.]+$/.test(name) ? {} : { servername: name };
  const socket: Socket =
    transport === 'tcp'
      ? connectTcp({ host, port })
      : connectTls({ host, port, ...named, ...(ca === undefined ? {} : { ca }) });
  try {
    await once(socket, transport === 'tcp' ? 'connect' : 'secureConnect', { signal });
  } catch (error) {
    socket.destroy();
    socket.on('error', () => undefined);
    throw error;
  }
  let waiting = Buffer.alloc(0);
  socket.on('error', onFault);
  socket.on('close', () => onFault(new Error('the server has closed the connection')));
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      const length = lengthOf(waiting);
      if (length === undefined || length > waiting.length) return;
      if (length === 0) {
        socket.destroy();
        onFault(new Error('something answers that is no STUN server'));
        return;
      }
      onMessage(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  });
  return { send: (message) => void socket.write(message), close: () => void socket.destroy() };
}

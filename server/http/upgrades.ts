import { type Server, STATUS_CODES } from 'node:http';
import { AppError, errorEnvelope } from '../errors';

/**
 * Answers upgrades that nobody serves with the error envelope and ends them: a server with any upgrade
 * handler leaves them all to its handlers, and each handler passes over what isn't its own.
 * @param served beginnings of request targets; may grow after the call
 */
export function endUnservedUpgrades(server: Server, served: ReadonlySet<string>): void {
  server.on('upgrade', ({ url = '/' }, socket) => {
    if ([...served].some((prefix) => url.startsWith(prefix))) return;
    const { status, body } = errorEnvelope(new AppError('NOT_FOUND', 'No socket is served at this path.'));
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
    ];
    // Node took its own handler off with the upgrade; a client that hangs up is no fault.
    socket.on('error', () => {});
    // Not only ended: a client that never ends its side would hold the connection open.
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
  });
}

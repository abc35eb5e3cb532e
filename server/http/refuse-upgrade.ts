import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorEnvelope } from '../errors';
import { refusedUpgrades } from './counts';

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

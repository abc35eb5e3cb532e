import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { largeBodies } from './counts';

/** Nothing the arcade takes over HTTP comes near this; the signaling socket has limits of its own. */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * Refuses a request whose body is too large before a byte of it is read. A body must announce its
 * length: browsers and usual clients do.
 * @throws {AppError} TOO_LARGE, or BAD_REQUEST for a body of unannounced length
 */
export function checkBodyLength(req: Pick<IncomingMessage, 'headers'>, maxBytes = MAX_BODY_BYTES): void {
  if (req.headers['transfer-encoding'] !== undefined) {
    throw new AppError('BAD_REQUEST', 'Send the body with a Content-Length, not in chunks.');
  }
  const length = Number(req.headers['content-length'] ?? 0);
  if (length > maxBytes) {
    largeBodies.inc();
    throw new AppError('TOO_LARGE', `The body has ${length} bytes; at most ${maxBytes} are taken.`, {
      detail: { maxBytes },
    });
  }
}

import { constants } from 'node:zlib';
import compression from 'compression';
import type { Handler } from './router';

/**
 * Answers made on the fly: brotli at a level that costs about what gzip does. A stream of events is left alone: what
 * is held back until a block is full comes late.
 */
const compress = compression({
  threshold: 1_024,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  filter: (req, res) =>
    !String(res.getHeader('content-type') ?? '').startsWith('text/event-stream') &&
    compression.filter(req, res),
});

/** A handler whose answers are compressed as far as the client takes it. */
export function compressed(handler: Handler): Handler {
  return (req, res, params) =>
    new Promise((resolve, reject) => {
      compress(req, res, () => {
        Promise.resolve(handler(req, res, params)).then(resolve, reject);
      });
    });
}

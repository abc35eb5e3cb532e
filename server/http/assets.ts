import { join } from 'node:path';
import sirv from 'sirv';
import type { Handler } from './router';

/** Where the pages' scripts, styles and fonts are, each with a hash of its content in the name. */
export const ASSETS_PATH = '/_next/static';

const YEAR_SECONDS = 31_536_000;

/**
 * Serves what the build has laid out, compressed ahead of time where that helps (scripts/lib/precompress.mjs), for
 * browsers to keep for ever: another content has another name.
 * @param otherwise answers for what is not there
 */
export function assetsHandler(otherwise: Handler): Handler {
  const serve = sirv(join(process.cwd(), '.next/static'), {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: YEAR_SECONDS,
  });
  return (req, res) => {
    const { url = '/' } = req;
    req.url = url.slice(ASSETS_PATH.length);
    serve(req, res, () => {
      req.url = url;
      void otherwise(req, res, {});
    });
  };
}

import { renewedCookie } from '../auth/renewal';
import type { Handler } from './router';
import { requestPath } from './server';

/** Next's files, which caches keep, and next-auth's routes, which set the cookie themselves; tRPC has its own way. */
const NOT_PAGES = /^\/(_next|api)\//;

/** Renews the log-in with the pages that it visits: a page can't set a cookie while it renders. */
export function renewing(pages: Handler): Handler {
  return async (req, res, params) => {
    if (req.method === 'GET' && !NOT_PAGES.test(requestPath(req))) {
      const line = await renewedCookie(req.headers.cookie);
      if (line !== undefined) {
        res.appendHeader('set-cookie', line);
        // Whoever stands between must not hand this cookie to somebody else.
        res.setHeader('cache-control', 'private, no-store');
      }
    }
    await pages(req, res, params);
  };
}

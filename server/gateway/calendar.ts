import { z } from 'zod';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import type { Handler } from '../http/router';
import { requestFacts } from '../request-facts';
import { calendarOf } from '../tournaments/running/calendar';
import type { ApiRoute } from './openapi';

const PATH = '/api/tournaments/:id/calendar.ics';

const describe = {
  method: 'get',
  path: PATH,
  id: 'get_calendar',
  summary: 'A tournament as an iCalendar file',
  tag: 'queue',
  access: 'anybody',
  needsKey: false,
  input: z.object({ id: z.string() }),
  success: 200,
  output: z.string(),
  contentType: 'text/calendar',
} as const satisfies ApiRoute;

/** `GET /api/tournaments/:id/calendar.ics`: the tournament to take along. */
export function calendarRoute(
  db: Db,
  clock: Clock,
  config: Pick<Config, 'TRUST_PROXY' | 'NEXTAUTH_URL'>,
): { readonly path: string; readonly handler: Handler; readonly route: ApiRoute } {
  return {
    path: PATH,
    route: describe,
    async handler(req, res, { id = '' }) {
      const { origin } = requestFacts(req, config.TRUST_PROXY);
      const text = await calendarOf({ db, clock }, id, config.NEXTAUTH_URL ?? origin);
      res.writeHead(200, {
        'content-type': 'text/calendar; charset=utf-8',
        'content-length': Buffer.byteLength(text),
        'content-disposition': 'attachment; filename="tournament.ics"',
        'cache-control': 'no-cache',
      });
      res.end(req.method === 'HEAD' ? undefined : text);
    },
  };
}

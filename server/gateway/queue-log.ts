import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Handler } from '../http/router';
import type { Queue } from '../tournaments/queue/queue';
import { refusal } from '../tournaments/refusals';
import type { EventBoard } from './event-board';
import { queryOf } from './http-request';
import type { ApiRoute } from './openapi';

/** Lines read from the database at once. */
const PAGE = 1_000;
const PATH = '/api/tournaments/:id/queue-log';

const whole = z.coerce.number().int().min(0).max(2_147_483_647);
const query = z.object({
  /** Lines after the one of this number; 0 for all. */
  after: whole.default(0),
  /** At most so many lines; without it all there are. */
  limit: whole.optional(),
});
/** Lines are numbered without gaps. */
const line = z.object({ seq: z.number().int() });

const describe = {
  method: 'get',
  path: PATH,
  id: 'get_queue_log',
  summary: 'The public log of a queue, a line an event: all that is needed to compute the draw again',
  tag: 'queue',
  access: 'anybody',
  needsKey: false,
  input: query.extend({ id: z.string() }),
  success: 200,
  output: z.string(),
  contentType: 'application/x-ndjson',
} as const satisfies ApiRoute;

/** Waits until the answer can be written to again, or its reader is gone. */
async function drained(res: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  res.once('close', leave);
  try {
    await once(res, 'drain', { signal: gone.signal });
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    res.off('close', leave);
  }
}

/** `GET /api/tournaments/:id/queue-log?after=&limit=`: NDJSON without names. */
export function queueLog(
  queue: Queue,
  events: EventBoard,
): {
  readonly path: string;
  readonly handler: Handler;
  readonly route: ApiRoute;
} {
  return {
    path: PATH,
    route: describe,
    async handler(req, res, { id = '' }) {
      const asked = query.safeParse(queryOf(req.url));
      if (!asked.success) throw refusal('bad_request', 'bad request: after and limit are whole numbers.');
      let left = asked.data.limit ?? Number.POSITIVE_INFINITY;
      let { after } = asked.data;
      let page = await queue.publicLog(id, after, Math.min(PAGE, left));
      // A queue that nobody has come to has no lines; an event that there is not is another matter.
      if (page.length === 0 && after === 0) await events.event(id);
      res.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'cache-control': 'no-cache',
      });
      while (page.length > 0 && left > 0 && !res.destroyed && req.method !== 'HEAD') {
        const text = page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
        if (!res.write(text)) await drained(res);
        left -= page.length;
        after = line.safeParse(page.at(-1)).data?.seq ?? after + page.length;
        page = left > 0 ? await queue.publicLog(id, after, Math.min(PAGE, left)) : [];
      }
      res.end();
    },
  };
}

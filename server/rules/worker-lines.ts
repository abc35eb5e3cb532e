import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError, errorEnvelope } from '../errors';
import { parseJsonBody } from '../http/json-body';
import { describeRules } from './api';
import { createRecentSessions } from './recent-sessions';
import { callRoutes, openRoutes, type RulesWork } from './routes';
import { createSimulators } from './simulators';

/**
 * The Rule Engine for a server in another language (python/rules_service.py): one request a line in, one answer a line out,
 * in the order in which they are done. Whoever starts it has the HTTP, the limits of it, and who may call.
 *
 *     {"id": 1, "method": "POST", "path": "/validate", "body": "<text of the body>"}
 *     {"id": 1, "status": 200, "body": {…}}
 *
 * It ends when its input does.
 */
const line = z.object({
  id: z.int(),
  method: z.string(),
  path: z.string(),
  body: z.string().default(''),
});

/** Of the arcade. */
const VERSION = '0.1.0';

const simulators = createSimulators();
const work: RulesWork = {
  calculate: simulators.calculate,
  recent: createRecentSessions(),
  version: VERSION,
};
const routes = [...openRoutes(work), ...callRoutes(work)];
/** What stands around a request that came by no connection: who sent it, and that nobody hangs up. */
const around = {
  context: undefined,
  req: new IncomingMessage(new Socket()),
  signal: new AbortController().signal,
};

async function answer({
  method,
  path,
  body,
}: z.infer<typeof line>): Promise<{ status: number; body: unknown }> {
  try {
    if (method === 'GET' && path === '/openapi.json') return { status: 200, body: describeRules(work) };
    const route = routes.find((each) => each.path === path && each.method === method);
    if (!route) throw new AppError('NOT_FOUND', `There is nothing at ${method} ${path}.`);
    const data = await route.perform(parseJsonBody(body), () => 'body', around);
    return { status: 200, body: data };
  } catch (error) {
    if (!(error instanceof AppError)) console.error(error);
    return errorEnvelope(error);
  }
}

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

say({ ready: true, version: VERSION });
for await (const text of createInterface({ input: process.stdin })) {
  const parsed = line.safeParse(parse(text));
  if (parsed.success) void answer(parsed.data).then((done) => say({ id: parsed.data.id, ...done }));
  else console.error('a line that is no request was ignored');
}
await simulators.close();

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

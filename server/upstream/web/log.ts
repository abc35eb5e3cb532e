import { asAppError } from '../../errors';
import { theirWords } from '../words';
import type { CallFacts } from './call';
import { isServiceFault, type WebService } from './failures';
import { maskedBody, maskedHeaders, maskedPath } from './masking';
import type { HttpQuestion } from './pools';

type Say = (fields: object, text: string) => void;

/** Of a room's logger, what calls are written to. */
export interface WebLog {
  readonly trace: Say;
  readonly debug: Say;
  readonly warn: Say;
  isLevelEnabled(level: string): boolean;
}

export interface LoggedCall {
  readonly service: WebService;
  readonly question: HttpQuestion;
  readonly facts: CallFacts;
  readonly ms: number;
  /** What the caller got instead of an answer. */
  readonly failure: unknown;
  /** Nobody waited for the answer any more. */
  readonly isLeft: boolean;
}

/** What a neighbour refuses is its answer; that it refuses us altogether is a fault of ours. */
const isUsual = (status: number | undefined): boolean =>
  status !== undefined && status !== 401 && status !== 403 && !isServiceFault(status);

/** One line a call: at debug, or at warn where it failed; both bodies at trace. No secrets, no addresses. */
export function logCall(log: WebLog, call: LoggedCall): void {
  const { service, question, facts, ms, failure, isLeft } = call;
  const { reply, tries } = facts;
  const requestId = question.headers['x-request-id'];
  const line = {
    ...{ service, method: question.method, path: maskedPath(question.path) },
    ...{ status: reply?.status, bytes: reply?.bytes, ms, tries, requestId },
  };
  if (failure === undefined) log.debug(line, 'a neighbour was asked');
  else {
    const known = asAppError(failure);
    const { code = known?.code, detail } = known?.wire ?? {};
    const why = typeof detail === 'string' ? theirWords(detail) : undefined;
    const wasAnswered = known?.detail?.reason === 'upstream_answered';
    const level = isLeft || (wasAnswered && isUsual(reply?.status)) ? 'debug' : 'warn';
    log[level]({ ...line, code, why }, isLeft ? 'the caller left' : 'a neighbour gave no good answer');
  }
  if (!log.isLevelEnabled('trace')) return;
  log.trace(
    {
      requestId,
      request: { headers: maskedHeaders(question.headers), body: maskedBody(question.body) },
      response: reply && { headers: maskedHeaders(reply.headers), body: maskedBody(reply.text) },
    },
    'what was said',
  );
}

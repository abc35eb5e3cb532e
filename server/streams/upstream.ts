import { asAppError } from '../errors';
import { isServiceError, type StatusName, statusName, toStatus } from '../grpc/status';
import { roomLogger } from '../logger';
import { ContractError } from '../upstream/contract';
import { isPassing } from '../upstream/transport';
import { theirWords } from '../upstream/words';

const log = roomLogger('streams');

/** Why a stream failed: a gRPC status, or the service said what no service may say. */
export type FailureCode = StatusName | 'CONTRACT_BROKEN';

/** What the end of an upstream means to viewers. */
export type UpstreamFailure =
  | { readonly retry: true }
  | { readonly retry: false; readonly code: FailureCode; readonly message: string };

const BROKE = 'The service that shows this broke.';
const KEPT_OUT =
  'The service that shows this doesn’t let this arcade in. Whoever runs the arcade has to look at its keys.';
const ODD = 'The service that shows this refuses to go on.';

/** What viewers read: our words, whatever the service said. */
const WORDS = {
  OK: ODD,
  CANCELLED: ODD,
  UNKNOWN: BROKE,
  INVALID_ARGUMENT:
    'The service that shows this refuses what was asked for: it may not know these fighters, or this id.',
  DEADLINE_EXCEEDED: 'The service that shows this took too long.',
  NOT_FOUND: 'The service that shows this doesn’t know it.',
  ALREADY_EXISTS: ODD,
  PERMISSION_DENIED: KEPT_OUT,
  RESOURCE_EXHAUSTED: 'The service that shows this has no room for more right now. Try again later.',
  FAILED_PRECONDITION: ODD,
  ABORTED: ODD,
  OUT_OF_RANGE: ODD,
  UNIMPLEMENTED: 'The service at this address can’t show this.',
  INTERNAL: BROKE,
  UNAVAILABLE: "The service that shows this can't be reached.",
  DATA_LOSS: BROKE,
  UNAUTHENTICATED: KEPT_OUT,
  CONTRACT_BROKEN: 'The service that shows this sends what makes no sense.',
} as const satisfies Record<FailureCode, string>;

/** Sorts an error of an upstream: a gRPC status, a broken contract, or an AppError of ours. Anything else is our own fault. */
export function classifyFailure(error: unknown): UpstreamFailure {
  if (error instanceof ContractError) {
    log.warn({ service: error.service, breach: error.breach }, 'a service breaks its contract');
    return { retry: false, code: 'CONTRACT_BROKEN', message: WORDS.CONTRACT_BROKEN };
  }
  if (isServiceError(error)) {
    if (isPassing(error)) return { retry: true };
    const code = statusName(error.code);
    log.info({ code, theirs: theirWords(error.details) }, 'a service refused or broke');
    return { retry: false, code, message: WORDS[code] };
  }
  const ours = asAppError(error);
  if (ours?.code === 'UNAVAILABLE') return { retry: true };
  if (!ours) log.error({ err: error }, 'a stream broke on our side');
  const { code, details } = toStatus(error);
  return { retry: false, code: statusName(code), message: details };
}

import type { ErrorCode } from '../errors';
import type { ServiceName } from './counts';

const MAX_CHARACTERS = 200;

/** What may say where a neighbour is or what it runs on: URLs, e-mail and socket addresses, host names, paths. */
const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi,
  /\b(ipv4|ipv6|unix|dns):\S+/gi,
  /\S+@\S+\.\S+/g,
  /\[[0-9a-f:.%]+\](:\d+)?/gi,
  /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g,
  /(?<![\w:])[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(?![\w:])/gi,
  /\b[a-z][a-z0-9-]*(\.[a-z0-9-]+)*:\d{2,5}\b/gi,
  /(?<!\w)(\/[\w.-]+){2,}/g,
  /\b([a-z0-9-]+\.)+[a-z]{2,}\b/gi,
  /\b[A-Z]:\\\S+/g,
];

/** A neighbour's words as the log has them: one line, cut, without addresses. Nobody else gets them, but as PROXY-6 says. */
export function theirWords(text: string, mostCharacters = MAX_CHARACTERS): string {
  // Cut first: what follows need not read megabytes. Twice the length, since an address may become shorter.
  let words = text.slice(0, 2 * mostCharacters).replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  for (const address of ADDRESSES) words = words.replace(address, '[address]');
  words = words.trim();
  return words.length > mostCharacters ? `${words.slice(0, mostCharacters)}…` : words;
}

const NAMES = {
  game: 'The game service',
  judge: 'The judge',
  training: 'The training service',
  reservation: 'The reservation service',
  payment: 'The payment service',
  rule_engine: 'The Rule Engine',
  ai_gm: 'The AI game master',
} as const satisfies Record<ServiceName, string>;

const SAYINGS = {
  BAD_REQUEST: 'refuses this request.',
  UNAUTHENTICATED: 'doesn’t let this arcade in. Whoever runs the arcade has to look at its keys.',
  FORBIDDEN: 'doesn’t allow this.',
  NOT_FOUND: 'doesn’t know what was asked for.',
  CONFLICT: 'can’t do this in the state that it is in.',
  TOO_LARGE: 'was sent too much.',
  UNPROCESSABLE: 'refuses this request.',
  RATE_LIMITED: 'has no room for this right now. Try again later.',
  INTERNAL: 'broke.',
  UNIMPLEMENTED: 'can’t do this.',
  METHOD_NOT_ALLOWED: 'can’t do this.',
  UNAVAILABLE: "can't be reached.",
  TIMEOUT: 'does not answer.',
} as const satisfies Record<ErrorCode, string>;

/** What people are told when a service fails: our words, whatever it said. */
export function ourWords(service: ServiceName, code: ErrorCode): string {
  return `${NAMES[service]} ${SAYINGS[code]}`;
}

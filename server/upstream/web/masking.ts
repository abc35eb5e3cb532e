import { theirWords } from '../words';

/** Names of headers, fields and parameters whose values no log may have. */
const SECRET_NAME =
  /authorization|cookie|token|secret|passw|credential|session[-_]?key|api[-_]?key|(^|[-_.])key$/i;
const SECRET = '[secret]';

const isSecret = (name: string): boolean => SECRET_NAME.test(name) || /[a-z]Key$/.test(name);

/** Of a body so much is logged. Characters. */
export const MOST_LOGGED = 2_048;

/** A JWT, or what follows the word that announces a token, wherever it stands. */
const LOOSE_SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, SECRET],
  [/\b(bearer|basic)\s+[\w\-.~+/]+=*/gi, `$1 ${SECRET}`],
  [
    /(["']?[\w.-]{0,64}(?:token|secret|passw\w{0,9}|credential|api_?key|(?<![a-z])key)["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,;&}"']+)/gi,
    `$1${SECRET}`,
  ],
];

/** Cut first: the patterns need not read megabytes. */
const withoutLooseSecrets = (text: string): string =>
  LOOSE_SECRETS.reduce(
    (masked, [pattern, by]) => masked.replace(pattern, by),
    text.slice(0, 2 * MOST_LOGGED),
  );

/** A path with its query, without what the query may hold. */
export function maskedPath(path: string): string {
  const [plain = '', query] = path.split('?', 2);
  const masked = query
    ?.split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return isSecret(decodedName(name)) ? `${name}=${SECRET}` : pair;
    })
    .join('&');
  return withoutLooseSecrets(masked === undefined ? plain : `${plain}?${masked}`);
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Headers as the log has them. */
export function maskedHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? SECRET : value]),
  );
}

const mask = (name: string, value: unknown): unknown => {
  if (isSecret(name)) return SECRET;
  return typeof value === 'string' ? withoutLooseSecrets(value) : value;
};

/** A body as the log has it: 2 KiB of it, without secrets and addresses. */
export function maskedBody(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  let shown: string;
  try {
    shown = JSON.stringify(JSON.parse(text, mask));
  } catch {
    shown = withoutLooseSecrets(text);
  }
  return theirWords(shown, MOST_LOGGED);
}

import { resolve } from 'node:path';
import { z } from 'zod';
import { processEnvironment } from './environment';
import { singleton } from './singleton';

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
const port = z
  .string()
  .refine(isPort, { error: ({ input }) => `a port, 0 to 65535, not ${JSON.stringify(input)}` })
  .transform(Number);
const address = z.string().refine((text) => {
  const [, digits] = /^[^\s:/]+:(\d+)$/.exec(text) ?? [];
  return digits !== undefined && isPort(digits);
}, 'host:port, such as 127.0.0.1:9090');
/** Several, separated by commas, stand for one service. */
const severally = <T extends z.ZodType<string>>(one: T, allowed: string) =>
  z.string().refine((text) => text.split(',').every((entry) => one.safeParse(entry.trim()).success), allowed);
const addresses = severally(address, 'host:port, such as 127.0.0.1:9090, or several, separated by commas');
/** The value is never repeated in the message: an address may hold a password. */
const url = (scheme: RegExp, allowed: string) =>
  z
    .string()
    .trim()
    .refine((text) => scheme.test(text) && URL.canParse(text), allowed);
const httpUrl = url(/^https?:\/\//i, 'http(s)://host[:port]');
const httpUrls = severally(httpUrl, 'http(s)://host[:port], or several, separated by commas');
const seconds = z
  .string()
  .refine(
    (text) => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 600,
    'seconds, more than 0 and at most 600',
  )
  .transform(Number);
const flag = z
  .enum(['0', '1', 'true', 'false', 'yes', 'no', 'on', 'off'])
  .transform((value) => ['1', 'true', 'yes', 'on'].includes(value));
const whole = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `a whole number, ${least} to ${most}`,
    )
    .transform(Number);
const key = z.string().min(16, 'at least 16 characters');
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** Every variable the arcade reads, with what is allowed. An empty value counts as unset. */
const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ADMIN_PORT: port.default(3001),
  TRUST_PROXY: flag.default(false),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(/^postgres(ql)?:\/\//i, 'postgresql://user:password@host:port/database').optional(),
  REDIS_URL: url(/^rediss?:\/\//i, 'redis(s)://[user:password@]host:port').optional(),
  AUTH_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  NEXTAUTH_URL: httpUrl.optional(),
  ADMIN_USERS: list.default([]),
  SIGNALING_URL: httpUrl.optional(),
  GAME_GRPC_ADDRESS: address.optional(),
  TRAINING_GRPC_ADDRESS: address.optional(),
  MATCH_GRPC_ADDRESS: address.optional(),
  GRPC_ENABLED: flag.default(true),
  GRPC_PORT: port.default(9090),
  GRPC_USE_TLS: flag.default(false),
  GRPC_TLS_CERT: z.string().optional(),
  GRPC_TLS_KEY: z.string().optional(),
  GRPC_TLS_CA: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  TURN_URLS: list
    .refine(
      (urls) => urls.every((entry) => /^(turns?|stuns?):\S/.test(entry)),
      'addresses that start with turn:, turns:, stun: or stuns:, separated by commas',
    )
    .default([]),
  TURN_SECRET: z.string().min(1).optional(),
  RULE_ENGINE_URL: httpUrl.optional(),
  AI_GM_URL: httpUrl.optional(),
  GM_URL: httpUrl.optional(),
  RULES_PORT: port.default(8031),
  GM_PORT: port.default(8032),
  PROXY_TIMEOUT: seconds.default(10),
  GM_LLM_URL: httpUrl.optional(),
  GM_LLM_KEY: z.string().min(1).optional(),
  GM_LLM_MODEL: z.string().min(1).max(200).optional(),
  PROXY_MAX_RETRIES: whole(1, 5).default(3),
  PROXY_RETRY_MIN_WAIT: seconds.default(1),
  PROXY_RETRY_MAX_WAIT: seconds.default(10),
  PROXY_AUTH: z.enum(['bearer', 'key', 'jwt']).default('key'),
  INTERNAL_API_KEY: key.optional(),
  BACKEND_RESERVATION_GRPC_ADDRESS: addresses.optional(),
  BACKEND_PAYMENT_GRPC_ADDRESS: addresses.optional(),
  BACKEND_RESERVATION_API_GRPC_ADDRESS: addresses.optional(),
  BACKEND_PAYMENT_API_GRPC_ADDRESS: addresses.optional(),
  BACKEND_RESERVATION_URL: httpUrls.optional(),
  BACKEND_PAYMENT_URL: httpUrls.optional(),
  GATEWAY_WORKERS: whole(0, 64).default(0),
  HOLD_SECONDS: whole(1, 86_400).default(300),
  ADMISSION_SECONDS: whole(1, 86_400).default(120),
  WEBHOOK_SECRET: key.optional(),
  WEBHOOK_ALLOW: list.default([]),
  QUEUE_GUESTS: flag.default(false),
  PAYMENT_SCENARIOS: flag.default(false),
  RESERVATION_TOKENS: z.enum(['verify', 'trust']).default('verify'),
  CORS_ALLOW_ORIGINS: list
    .refine(
      (origins) => origins.every((one) => URL.canParse(one) && new URL(one).origin === one),
      'origins such as https://tickets.example, separated by commas',
    )
    .default([]),
  RATE_LIMIT_RPS: whole(1, 100_000).default(50),
  RATE_LIMIT_BURST: whole(1, 100_000).default(100),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  DISCORD_CLIENT_ID: z.string().optional(),
  DISCORD_CLIENT_SECRET: z.string().optional(),
});

type Variables = z.infer<typeof variables>;
type Name = keyof Variables;

/** The names of all of them. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape);

/** Two that mean nothing alone. */
const PAIRS = [
  ['GRPC_TLS_CERT', 'GRPC_TLS_KEY'],
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'],
  ['GM_LLM_URL', 'GM_LLM_MODEL'],
] as const satisfies readonly (readonly [Name, Name])[];

/** The validated configuration, with addresses and paths filled in. */
export interface Config extends Variables {
  /** Somebody chose `ADMIN_PORT`: it is that one or none. */
  readonly isAdminPortChosen: boolean;
  /** So with `RULES_PORT` and `GM_PORT`. */
  readonly isRulesPortChosen: boolean;
  readonly isGmPortChosen: boolean;
  /** True when the arcade runs a PostgreSQL of its own (`DATABASE_URL` unset). */
  readonly embedded: boolean;
  /** Absolute `DATA_DIR`. */
  readonly dataDir: string;
  /** Where exhibitions come from. */
  readonly gameAddress: string;
  readonly trainingAddress: string;
  /** Where live matches are judged and streamed: always a service of ours. */
  readonly matchAddress: string;
}

const ownGrpc = singleton<{ port: number | undefined }>('own-grpc', () => ({ port: undefined }));

/** Where this process's own calls reach its gRPC server in plain text, when that is not `GRPC_PORT`. */
export function publishOwnGrpcPort(port: number | undefined): void {
  ownGrpc.port = port;
}

/** Thrown for bad configuration; the message names each variable at fault and what it allows. */
export class ConfigError extends Error {}

/** One that means nothing without another, which does without it. */
const ADDITIONS = [
  ['GRPC_TLS_CA', 'GRPC_TLS_CERT'],
  ['GM_LLM_KEY', 'GM_LLM_URL'],
] as const satisfies readonly (readonly [Name, Name])[];

const isMissing = (missing: Name, set: Name): string =>
  `  ${missing}: is missing, and ${set} is nothing without it`;

function dangling(given: Readonly<Record<string, unknown>>): string[] {
  return ADDITIONS.flatMap(([set, missing]) =>
    set in given && !(missing in given) ? [isMissing(missing, set)] : [],
  );
}

function lonely(given: Readonly<Record<string, unknown>>): string[] {
  return PAIRS.flatMap(([one, other]) => {
    if (one in given === other in given) return [];
    const [set, missing] = one in given ? [one, other] : [other, one];
    return [isMissing(missing, set)];
  });
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}

/**
 * Validates an environment.
 * @throws {ConfigError} when a value is not allowed.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = withoutEmpty(env);
  const parsed = variables.safeParse(given);
  const faults = [
    ...dangling(given),
    ...(parsed.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
    ...lonely(given),
    ...(parsed.success && parsed.data.PROXY_RETRY_MIN_WAIT > parsed.data.PROXY_RETRY_MAX_WAIT
      ? ['  PROXY_RETRY_MIN_WAIT: is more than PROXY_RETRY_MAX_WAIT']
      : []),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`The configuration is not valid:\n${faults.join('\n')}`);
  }
  const values = parsed.data;
  const own = () => `127.0.0.1:${ownGrpc.port ?? values.GRPC_PORT}`;
  return {
    ...values,
    // Both spellings are known; the shorter one is the arcade's.
    BACKEND_RESERVATION_GRPC_ADDRESS:
      values.BACKEND_RESERVATION_GRPC_ADDRESS ?? values.BACKEND_RESERVATION_API_GRPC_ADDRESS,
    BACKEND_PAYMENT_GRPC_ADDRESS:
      values.BACKEND_PAYMENT_GRPC_ADDRESS ?? values.BACKEND_PAYMENT_API_GRPC_ADDRESS,
    AI_GM_URL: values.AI_GM_URL ?? values.GM_URL,
    isAdminPortChosen: 'ADMIN_PORT' in given,
    isRulesPortChosen: 'RULES_PORT' in given,
    isGmPortChosen: 'GM_PORT' in given,
    embedded: values.DATABASE_URL === undefined,
    dataDir: resolve(values.DATA_DIR),
    get gameAddress() {
      return values.GAME_GRPC_ADDRESS ?? own();
    },
    get trainingAddress() {
      return values.TRAINING_GRPC_ADDRESS ?? own();
    },
    get matchAddress() {
      return values.MATCH_GRPC_ADDRESS ?? own();
    },
  };
}

/** The configuration as the environment of this process gives it, read once. */
export function processConfig(): Config {
  return singleton('config', () => loadConfig(processEnvironment()));
}

/** `LOG_LEVEL` for those who log before the configuration is validated, which then reports a bad one. */
export function logLevel(): Config['LOG_LEVEL'] {
  const wanted = variables.shape.LOG_LEVEL.safeParse(processEnvironment().LOG_LEVEL || undefined);
  return wanted.data ?? 'info';
}

import { resolve } from 'node:path';
import { z } from 'zod';

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
const port = z
  .string()
  .refine(isPort, { error: ({ input }) => `a port, 0 to 65535, not ${JSON.stringify(input)}` })
  .transform(Number);
const address = z.string().refine((text) => {
  const [, digits] = /^[^\s:/]+:(\d+)$/.exec(text) ?? [];
  return digits !== undefined && isPort(digits);
}, 'host:port, such as 127.0.0.1:9090');
/** The value is never repeated in the message: an address may hold a password. */
const url = (scheme: RegExp, allowed: string) =>
  z
    .string()
    .trim()
    .refine((text) => scheme.test(text) && URL.canParse(text), allowed);
const httpUrl = url(/^https?:\/\//i, 'http(s)://host[:port]');
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
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** Every variable the arcade reads, with what is allowed. An empty value counts as unset. */
const environment = z.object({
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
  TURN_URLS: list
    .refine(
      (urls) => urls.every((entry) => /^(turns?|stuns?):\S/.test(entry)),
      'addresses that start with turn:, turns:, stun: or stuns:, separated by commas',
    )
    .default([]),
  TURN_SECRET: z.string().min(1).optional(),
  RULE_ENGINE_URL: httpUrl.optional(),
  AI_GM_URL: httpUrl.optional(),
  PROXY_TIMEOUT: seconds.default(10),
  BACKEND_RESERVATION_GRPC_ADDRESS: address.optional(),
  BACKEND_PAYMENT_GRPC_ADDRESS: address.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  DISCORD_CLIENT_ID: z.string().optional(),
  DISCORD_CLIENT_SECRET: z.string().optional(),
});

type Environment = z.infer<typeof environment>;

/** The validated configuration, with addresses and paths filled in. */
export interface Config extends Environment {
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

/** Thrown for bad configuration; the message names each variable at fault and what it allows. */
export class ConfigError extends Error {}

/**
 * Reads and validates the environment.
 * @throws {ConfigError} when a value is not allowed.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The configuration is not valid:\n${faults.join('\n')}`);
  }
  const values = parsed.data;
  const own = `127.0.0.1:${values.GRPC_PORT}`;
  return {
    ...values,
    embedded: values.DATABASE_URL === undefined,
    dataDir: resolve(values.DATA_DIR),
    gameAddress: values.GAME_GRPC_ADDRESS ?? own,
    trainingAddress: values.TRAINING_GRPC_ADDRESS ?? own,
    matchAddress: values.MATCH_GRPC_ADDRESS ?? own,
  };
}

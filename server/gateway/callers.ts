import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Metadata, MetadataValue } from '@grpc/grpc-js';
import { verifyApiToken } from '../auth/api-token';
import { readSession } from '../auth/session';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { asAppError } from '../errors';
import { internalToken, isHop, isSame, type ServiceKeys, showsToken, TOKEN_KEY } from '../grpc/internal-auth';
import { hostOf, isLoopbackHost } from '../grpc/loopback';
import { isOwnOrigin } from '../request-facts';
import { type RefusalReason, refusal } from '../tournaments/refusals';
import { callersRefused } from './counts';
import type { Access } from './operation';
import { mustSignIn } from './perform';
import type { Caller } from './services';

export type CallersConfig = Pick<
  Config,
  'DATABASE_URL' | 'INTERNAL_API_KEY' | 'TRUST_PROXY' | 'NEXTAUTH_URL' | 'QUEUE_GUESTS'
>;

/** What of a gRPC call tells who is calling. */
export interface GrpcFacts {
  getPeer(): string;
  getPath(): string;
  /** `:authority` */
  getHost(): string;
  readonly metadata: Metadata;
}

type Fields = Readonly<Record<string, MetadataValue | undefined>>;

/** What says that somebody else is behind the connection, or that a page made the request. */
const NOT_ITSELF = ['x-forwarded-for', 'forwarded', 'via', 'origin', 'sec-fetch-site'] as const;

const TRUSTED: Caller = { kind: 'trusted' };
const NOBODY: Caller = { kind: 'nobody' };

/** A name or an address in brackets, and the port if one is told: nothing else may stand behind it. */
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/;

function isLoopbackName(host: string | undefined): boolean {
  const name = HOST.exec(host ?? '')?.[1];
  return name !== undefined && isLoopbackHost(name);
}

/** A process of ours that speaks for one player, who came to it without a token. */
const PLAYER_KEY = 'x-arcade-player';

/** Whoever is trusted may say that it speaks for one player and nobody else. */
function speakingFor(caller: Caller, playerId: string | undefined): Caller {
  return caller.kind === 'trusted' && playerId ? { kind: 'player', playerId } : caller;
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Loopback stands for the service token only where nobody else can be behind it. */
function trustsLoopback({
  DATABASE_URL,
  INTERNAL_API_KEY,
  TRUST_PROXY,
  NEXTAUTH_URL,
}: CallersConfig): boolean {
  const isPrivate = DATABASE_URL === undefined && INTERNAL_API_KEY === undefined && !TRUST_PROXY;
  return isPrivate && (NEXTAUTH_URL === undefined || isLoopbackHost(new URL(NEXTAUTH_URL).hostname));
}

const textOf = (value: MetadataValue | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

function refuse(reason: RefusalReason, message: string): never {
  callersRefused.inc({ reason });
  throw refusal(reason, message);
}

/** Tells who makes a call, over both protocols. Answers at once where nothing has to be looked up. */
export class Callers {
  readonly #config: CallersConfig;
  readonly #keys: ServiceKeys;
  readonly #db: Db;
  readonly #trustsLoopback: boolean;

  constructor(config: CallersConfig, keys: ServiceKeys, db: Db) {
    this.#config = config;
    this.#keys = keys;
    this.#db = db;
    this.#trustsLoopback = trustsLoopback(config);
  }

  /**
   * @param fields the call's metadata, as `getMap` gives it
   * @throws a refusal: UNAUTHENTICATED with its reason
   */
  ofGrpc(call: GrpcFacts, fields: Fields, access: Access): Caller | Promise<Caller> {
    const player = textOf(fields[PLAYER_KEY]);
    if (fields[TOKEN_KEY] !== undefined && showsToken(call, this.#keys) === true)
      return speakingFor(TRUSTED, player);
    const isNear = () =>
      this.#trustsLoopback &&
      isLoopbackHost(hostOf(call.getPeer())) &&
      isLoopbackName(call.getHost()) &&
      !NOT_ITSELF.some((name) => fields[name] !== undefined);
    const found = this.#byToken(textOf(fields.authorization), textOf(fields['x-internal-key']), access);
    if (found instanceof Promise)
      return found.then((caller) => speakingFor(this.#orNear(caller, isNear, access), player));
    return speakingFor(this.#orNear(found, isNear, access), player);
  }

  /**
   * @param service whose token our own processes show here
   * @throws a refusal: UNAUTHENTICATED with its reason
   */
  ofHttp(req: IncomingMessage, access: Access, service: string): Caller | Promise<Caller> {
    const { headers } = req;
    const player = headerOf(headers, PLAYER_KEY);
    const shown = headers[TOKEN_KEY];
    if (typeof shown === 'string' && this.#isInternal(shown, service)) return speakingFor(TRUSTED, player);
    const isNear = () =>
      this.#trustsLoopback &&
      isLoopbackHost(req.socket.remoteAddress ?? '') &&
      isLoopbackName(headers.host) &&
      !isBehindSomebody(req);
    const key = headers['x-internal-key'];
    const byToken = this.#byToken(headers.authorization, typeof key === 'string' ? key : undefined, access);
    if (byToken === undefined && headers.cookie === undefined)
      return speakingFor(this.#orNear(undefined, isNear, access), player);
    return (async () =>
      speakingFor(
        this.#orNear((await byToken) ?? (await this.#byCookie(headers)), isNear, access),
        player,
      ))();
  }

  /** Whether a gateway of this arcade has sent the call on. */
  isHop(mark: unknown): boolean {
    return mark !== undefined && isHop(mark, this.#keys);
  }

  #isInternal(token: string, service: string): boolean {
    const { authSecret } = this.#keys;
    return authSecret !== undefined && service !== '' && isSame(token, internalToken(authSecret, service));
  }

  #isLenient(access: Access): boolean {
    return access === 'anybody' || (access === 'guests' && this.#config.QUEUE_GUESTS);
  }

  #orNear(caller: Caller | undefined, isNear: () => boolean, access: Access): Caller {
    if (caller) return caller;
    if (isNear()) return TRUSTED;
    if (this.#isLenient(access)) return NOBODY;
    callersRefused.inc({ reason: 'not_signed_in' });
    return mustSignIn();
  }

  #byToken(
    authorization: string | undefined,
    internalKey: string | undefined,
    access: Access,
  ): Caller | undefined | Promise<Caller | undefined> {
    if (internalKey !== undefined) {
      if (isSame(internalKey, this.#keys.internalApiKey)) return TRUSTED;
      if (!this.#isLenient(access)) refuse('bad_bearer', 'The internal key is wrong.');
    }
    if (authorization === undefined) return undefined;
    const [, scheme = '', token = ''] = /^(\S+) *(.*)$/.exec(authorization) ?? [];
    if (scheme.toLowerCase() !== 'bearer') {
      if (this.#isLenient(access)) return undefined;
      refuse('bad_scheme', 'Authorization has to be "Bearer" and a token.');
    }
    if (token === '') {
      if (this.#isLenient(access)) return undefined;
      refuse('no_bearer', 'Authorization names no token after "Bearer".');
    }
    if (this.#keys.internalApiKey !== undefined && isSame(token, this.#keys.internalApiKey)) return TRUSTED;
    return this.#byJwt(token, access);
  }

  async #byJwt(token: string, access: Access): Promise<Caller | undefined> {
    try {
      const { player } = await verifyApiToken(token, this.#db);
      return { kind: 'player', playerId: player.playerId };
    } catch (error) {
      const known = asAppError(error);
      if (known?.code !== 'UNAUTHENTICATED') throw error;
      if (this.#isLenient(access)) return undefined;
      return refuse('bad_bearer', known.message);
    }
  }

  async #byCookie(headers: IncomingHttpHeaders): Promise<Caller | undefined> {
    const { NEXTAUTH_URL: publicUrl, TRUST_PROXY: trustProxy } = this.#config;
    if (headers.cookie === undefined || !isOwnOrigin(headers, { publicUrl, trustProxy })) return undefined;
    const player = await readSession(headers.cookie, this.#db);
    return player ? { kind: 'player', playerId: player.playerId } : undefined;
  }
}

/** Looked for in what was sent: the server has put the truth into the forwarding headers of `headers`. */
function isBehindSomebody({ rawHeaders }: IncomingMessage): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase();
    if (NOT_ITSELF.some((one) => one === name)) return true;
  }
  return false;
}

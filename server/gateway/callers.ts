import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Metadata, MetadataValue } from '@grpc/grpc-js';
import { shownApiToken } from '../auth/api-token';
import type { ShownToken } from '../auth/player-tokens';
import type { Login } from '../auth/players';
import { readSession } from '../auth/session';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { asAppError } from '../errors';
import { internalToken, isHop, isSame, type ServiceKeys, showsToken, TOKEN_KEY } from '../grpc/internal-auth';
import { hostOf, isLoopbackHost } from '../grpc/loopback';
import {
  isFromHere,
  isLoopbackName,
  type NearConfig,
  NOT_ITSELF,
  trustsLoopback,
} from '../grpc/trusted-loopback';
import { isOwnOrigin } from '../request-facts';
import { type RefusalReason, refusal } from '../tournaments/refusals';
import { grpcAddress, httpAddress } from './caller-address';
import { callersRefused } from './counts';
import type { FailedCallers } from './failed-callers';
import type { Access } from './operation';
import type { People } from './people';
import { mustSignIn } from './perform';
import type { Caller } from './services';

export type CallersConfig = NearConfig & Pick<Config, 'QUEUE_GUESTS'>;

/** What of a gRPC call tells who is calling. */
export interface GrpcFacts {
  getPeer(): string;
  getPath(): string;
  /** `:authority` */
  getHost(): string;
  readonly metadata: Metadata;
}

type Fields = Readonly<Record<string, MetadataValue | undefined>>;

const TRUSTED: Caller = { kind: 'trusted' };
const NOBODY: Caller = { kind: 'nobody' };

/** A process of ours that speaks for one player, who came to it without a token. */
const PLAYER_KEY = 'x-arcade-player';

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

const textOf = (value: MetadataValue | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const loginOf = ({ playerId, epoch, loginId }: Login): Login => ({ playerId, epoch, loginId });

/** Who shows what, from where. */
interface Shown {
  readonly authorization: string | undefined;
  readonly internalKey: string | undefined;
  readonly access: Access;
  /** Whose failures are counted. */
  address(): string;
}

/**
 * Tells who makes a call, over both protocols. Answers at once where nothing has to be looked up. Failures are counted
 * by address: from one that has none left nothing is looked at any more but what is known to be right.
 */
export class Callers {
  readonly #config: CallersConfig;
  readonly #keys: ServiceKeys;
  readonly #db: Db;
  readonly #failures: FailedCallers;
  readonly #people: Pick<People, 'exists'>;
  readonly #trustsLoopback: boolean;

  constructor(
    config: CallersConfig,
    keys: ServiceKeys,
    db: Db,
    parts: { readonly people: Pick<People, 'exists'>; readonly failures: FailedCallers },
  ) {
    this.#config = config;
    this.#keys = keys;
    this.#db = db;
    this.#failures = parts.failures;
    this.#people = parts.people;
    this.#trustsLoopback = trustsLoopback(config);
  }

  /**
   * @param fields the call's metadata, as `getMap` gives it
   * @throws a refusal: UNAUTHENTICATED with its reason
   */
  ofGrpc(call: GrpcFacts, fields: Fields, access: Access): Caller | Promise<Caller> {
    const player = textOf(fields[PLAYER_KEY]);
    if (fields[TOKEN_KEY] !== undefined && showsToken(call, this.#keys) === true)
      return this.#speakingFor(TRUSTED, player);
    const isNear = () =>
      this.#trustsLoopback &&
      isLoopbackHost(hostOf(call.getPeer())) &&
      isLoopbackName(call.getHost()) &&
      !NOT_ITSELF.some((name) => fields[name] !== undefined);
    const shown = {
      authorization: textOf(fields.authorization),
      internalKey: textOf(fields['x-internal-key']),
      access,
      address: () => grpcAddress(call),
    };
    const found = this.#byToken(shown);
    if (found instanceof Promise)
      return found.then((caller) => this.#speakingFor(this.#orNear(caller, isNear, shown), player));
    return this.#speakingFor(this.#orNear(found, isNear, shown), player);
  }

  /**
   * @param service whose token our own processes show here
   * @throws a refusal: UNAUTHENTICATED with its reason
   */
  ofHttp(req: IncomingMessage, access: Access, service: string): Caller | Promise<Caller> {
    const { headers } = req;
    const player = headerOf(headers, PLAYER_KEY);
    const own = headers[TOKEN_KEY];
    if (typeof own === 'string' && this.#isInternal(own, service)) return this.#speakingFor(TRUSTED, player);
    const isNear = () => this.#trustsLoopback && isFromHere(req);
    const shown = {
      authorization: headers.authorization,
      internalKey: headerOf(headers, 'x-internal-key'),
      access,
      address: () => httpAddress(req, this.#config.TRUST_PROXY),
    };
    const byToken = this.#byToken(shown);
    if (byToken === undefined && headers.cookie === undefined)
      return this.#speakingFor(this.#orNear(undefined, isNear, shown), player);
    return (async () =>
      this.#speakingFor(
        this.#orNear((await byToken) ?? (await this.#byCookie(headers, shown)), isNear, shown),
        player,
      ))();
  }

  /** Whether a gateway of this arcade has sent the call on. */
  isHop(mark: unknown): boolean {
    return mark !== undefined && isHop(mark, this.#keys);
  }

  /** Whoever is trusted may say that it speaks for one player, who exists, and nobody else. @throws no_user */
  #speakingFor(caller: Caller, playerId: string | undefined): Caller | Promise<Caller> {
    if (caller.kind !== 'trusted' || !playerId) return caller;
    const speaking: Caller = { kind: 'player', playerId };
    return this.#people.exists(playerId).then((isThere) => {
      if (isThere) return speaking;
      callersRefused.inc({ reason: 'no_user' });
      throw refusal('no_user', 'not found: nobody here is the player that is spoken for.');
    });
  }

  #isInternal(token: string, service: string): boolean {
    const { authSecret } = this.#keys;
    return authSecret !== undefined && service !== '' && isSame(token, internalToken(authSecret, service));
  }

  #isLenient(access: Access): boolean {
    return access === 'anybody' || (access === 'guests' && this.#config.QUEUE_GUESTS);
  }

  #orNear(caller: Caller | undefined, isNear: () => boolean, { access, address }: Shown): Caller {
    if (caller) return caller;
    if (isNear()) return TRUSTED;
    if (this.#isLenient(access)) return NOBODY;
    this.#failures.count(address(), 'not_signed_in');
    return mustSignIn();
  }

  #refuse({ address }: Shown, reason: RefusalReason, message: string): never {
    this.#failures.count(address(), reason);
    throw refusal(reason, message);
  }

  #byToken(shown: Shown): Caller | undefined | Promise<Caller | undefined> {
    const { authorization, internalKey, access } = shown;
    if (internalKey !== undefined) {
      if (isSame(internalKey, this.#keys.internalApiKey)) return TRUSTED;
      if (!this.#isLenient(access)) this.#refuse(shown, 'bad_bearer', 'The internal key is wrong.');
    }
    if (authorization === undefined) return undefined;
    const [, scheme = '', token = ''] = /^(\S+) *(.*)$/.exec(authorization) ?? [];
    if (scheme.toLowerCase() !== 'bearer') {
      if (this.#isLenient(access)) return undefined;
      this.#refuse(shown, 'bad_scheme', 'Authorization has to be "Bearer" and a token.');
    }
    if (token === '') {
      if (this.#isLenient(access)) return undefined;
      this.#refuse(shown, 'no_bearer', 'Authorization names no token after "Bearer".');
    }
    if (this.#keys.internalApiKey !== undefined && isSame(token, this.#keys.internalApiKey)) return TRUSTED;
    // Load clients show the same one that is none with each call: that costs nothing, and is counted against nobody.
    const bearer = shownApiToken(token);
    if (this.#isLenient(access) && bearer.remembered() === 'bad') return undefined;
    return this.#byJwt(bearer, shown);
  }

  async #byJwt(bearer: ShownToken, shown: Shown): Promise<Caller | undefined> {
    const { access, address } = shown;
    if (!this.#failures.hasLeft(address()) && bearer.remembered() !== 'good') {
      // What the call brings is all that it needs, whoever makes it.
      if (access === 'anybody') return undefined;
      this.#failures.requireLeft(shown.address());
    }
    try {
      const { player } = await bearer.verify(this.#db);
      return { kind: 'player', playerId: player.playerId, login: loginOf(player) };
    } catch (error) {
      const known = asAppError(error);
      if (known?.code !== 'UNAUTHENTICATED') throw error;
      if (!this.#isLenient(access)) return this.#refuse(shown, 'bad_bearer', known.message);
      this.#failures.note(address());
      return undefined;
    }
  }

  async #byCookie(headers: IncomingHttpHeaders, shown: Shown): Promise<Caller | undefined> {
    const { NEXTAUTH_URL: publicUrl, TRUST_PROXY: trustProxy } = this.#config;
    if (headers.cookie === undefined || !isOwnOrigin(headers, { publicUrl, trustProxy })) return undefined;
    if (!this.#failures.hasLeft(shown.address())) {
      if (shown.access === 'anybody') return undefined;
      this.#failures.requireLeft(shown.address());
    }
    const player = await readSession(headers.cookie, this.#db);
    if (player) return { kind: 'player', playerId: player.playerId, login: loginOf(player) };
    if (this.#isLenient(shown.access)) this.#failures.note(shown.address());
    return undefined;
  }
}

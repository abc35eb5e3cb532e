import type { Config } from '../../config';
import { AppError } from '../../errors';

export type TokensConfig = Pick<Config, 'PROXY_AUTH' | 'INTERNAL_API_KEY'>;

/** @throws {AppError} UNAUTHENTICATED for a token that is not one of ours, or is over */
export type VerifyToken = (token: string) => Promise<unknown>;

/** RFC 6750, 2.1 */
const BEARER = /^[\w\-.~+/]{1,8192}=*$/;

/**
 * What shows a neighbour who calls (PROXY-4): with `bearer` the caller's token, with `key` ours and nothing of the caller's,
 * with `jwt` the caller's once it was looked at. A token goes along only where the call names it.
 */
export class Tokens {
  readonly #config: TokensConfig;
  readonly #verify: VerifyToken;

  /** @param verify needed for `jwt` */
  constructor(config: TokensConfig, verify: VerifyToken | undefined) {
    if (config.PROXY_AUTH === 'jwt' && !verify) throw new Error('PROXY_AUTH=jwt needs who verifies tokens.');
    this.#config = config;
    this.#verify = verify ?? (() => Promise.resolve());
  }

  /**
   * @param bearer the caller's token, without the word before it
   * @throws {AppError} UNAUTHENTICATED when it is no token, or (`jwt`) a bad one
   */
  async headers(bearer: string | undefined): Promise<Readonly<Record<string, string>>> {
    const { PROXY_AUTH: auth, INTERNAL_API_KEY: key } = this.#config;
    if (auth === 'key')
      return key === undefined ? {} : { 'x-internal-key': key, authorization: `Bearer ${key}` };
    if (bearer === undefined) return {};
    if (!BEARER.test(bearer))
      throw new AppError('UNAUTHENTICATED', 'The token that was to go along is no bearer token.');
    if (auth === 'jwt') await this.#verify(bearer);
    return { authorization: `Bearer ${bearer}` };
  }
}

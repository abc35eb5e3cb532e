import { createHmac, randomBytes } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../errors';
import { singleton } from '../singleton';

/** How many of something a key may do in a window. */
interface Rule {
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

const MINUTE = 60;

/** Failed log-ins only; a correct password never counts. */
const RULES = {
  /** One account from one address: somebody who forgot a password, or who guesses. */
  pairFailures: { keyPrefix: 'login-pair', points: 10, duration: 10 * MINUTE },
  /** One account from anywhere: a distributed guess. Higher, so a stranger can't easily lock somebody out. */
  accountFailures: { keyPrefix: 'login-account', points: 60, duration: 60 * MINUTE },
  /** One address, any account: a club night behind one router still fits. */
  addressFailures: { keyPrefix: 'login-address', points: 100, duration: 10 * MINUTE },
  registrations: { keyPrefix: 'register', points: 300, duration: MINUTE },
  guests: { keyPrefix: 'guest', points: 120, duration: MINUTE },
} satisfies Record<string, Rule>;

type RuleName = keyof typeof RULES;
type Limiters = Readonly<Record<RuleName, RateLimiterAbstract>>;

/** Builds the store of one rule: memory by default, Redis where several web processes share the limits. */
export type LimiterFactory = (rule: Rule) => RateLimiterAbstract;

const inMemory: LimiterFactory = (rule) => new RateLimiterMemory(rule);

/**
 * Keys fall into this many buckets of one keyed hash, so a flood of invented names costs bounded memory
 * (a few megabytes). The key is random: nobody can aim at somebody else's bucket.
 */
const BUCKETS = 16_384;

function waitFor(msBeforeNext: number, what: string): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new AppError('RATE_LIMITED', `${what} Try again in ${retryAfterSeconds} s.`, {
    detail: { retryAfterSeconds },
  });
}

/** Limits for everything that signs somebody in. One instance a process. */
export class AuthLimits {
  readonly #limiters: Limiters;
  readonly #salt = randomBytes(16);

  constructor(create: LimiterFactory = inMemory) {
    this.#limiters = {
      pairFailures: create(RULES.pairFailures),
      accountFailures: create(RULES.accountFailures),
      addressFailures: create(RULES.addressFailures),
      registrations: create(RULES.registrations),
      guests: create(RULES.guests),
    };
  }

  #bucket(key: string): string {
    return String(createHmac('sha256', this.#salt).update(key).digest().readUInt32LE(0) % BUCKETS);
  }

  #loginKeys(accountKey: string, address: string): Array<[RateLimiterAbstract, string]> {
    return [
      [this.#limiters.pairFailures, this.#bucket(`${accountKey}\n${address}`)],
      [this.#limiters.accountFailures, this.#bucket(accountKey)],
      [this.#limiters.addressFailures, this.#bucket(address)],
    ];
  }

  /** @throws {AppError} RATE_LIMITED when this account or address has failed too often. */
  async requireLoginAllowed(accountKey: string, address: string): Promise<void> {
    for (const [limiter, key] of this.#loginKeys(accountKey, address)) {
      const state = await limiter.get(key);
      if (state && state.consumedPoints >= limiter.points)
        throw waitFor(state.msBeforeNext, 'Too many failed log-ins.');
    }
  }

  /** Counts a failed log-in. */
  async countFailedLogin(accountKey: string, address: string): Promise<void> {
    await Promise.all(this.#loginKeys(accountKey, address).map(([limiter, key]) => limiter.penalty(key, 1)));
  }

  /** Forgets what this account got wrong from this address. */
  async forgiveLogin(accountKey: string, address: string): Promise<void> {
    await this.#limiters.pairFailures.delete(this.#bucket(`${accountKey}\n${address}`));
  }

  /** @throws {AppError} RATE_LIMITED */
  countRegistration(address: string): Promise<void> {
    return this.#consume('registrations', address, 'Too many registrations from this address.');
  }

  /** @throws {AppError} RATE_LIMITED */
  countGuest(address: string): Promise<void> {
    return this.#consume('guests', address, 'Too many guests from this address.');
  }

  async #consume(rule: RuleName, key: string, what: string): Promise<void> {
    const limiter = this.#limiters[rule];
    const state = await limiter.penalty(this.#bucket(key), 1);
    if (state.consumedPoints > limiter.points) throw waitFor(state.msBeforeNext, what);
  }
}

/** The process's limits. */
export function authLimits(): AuthLimits {
  return singleton('auth-limits', () => new AuthLimits());
}

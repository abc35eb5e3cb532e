import type { Clock } from '../../clock';
import { errorEnvelope } from '../../errors';
import type { CallPolicy } from '../call-policy';
import { away, nonsense } from '../errors';
import { type BoardReport, Guard } from '../guard';
import type { InBand } from '../verdict';
import { type HttpAddress, httpAddress } from './addresses';
import type { CallFacts, WebCallOptions, WebHealth, WebQuestion } from './call';
import {
  answeredFailure,
  isServiceFault,
  unansweredFailure,
  upstreamCode,
  type WebService,
} from './failures';
import { headersOf } from './headers';
import { logCall, type WebLog } from './log';
import { MOST_CONNECTIONS } from './policy';
import { HttpPools, type HttpQuestion, type HttpReply } from './pools';
import type { Tokens } from './tokens';
import { UnderWay } from './under-way';

export interface NeighbourOptions {
  readonly service: WebService;
  /** Its base URL as it is now: an embedded service gets its port when it starts. */
  address(): string;
  readonly policy: CallPolicy;
  readonly tokens: Tokens;
  /** Shown beside the tokens: what our own processes know each other by, for services of ours. */
  ownHeaders?(): Readonly<Record<string, string>>;
  readonly log: WebLog;
  readonly clock: Clock;
  readonly random: () => number;
}

/** How long the question for a neighbour's health may take. Milliseconds. */
const HEALTH_MS = 2_000;

type Answered<T> = InBand & { readonly reply: HttpReply; readonly read?: { readonly value: T } };

/**
 * One service behind the proxy, over HTTP: kept connections, and the policy of every upstream around each call. It owns its
 * connections until it is closed.
 */
export class Neighbour {
  readonly #options: NeighbourOptions;
  readonly #pools: HttpPools;
  readonly #guard: Guard<WebService>;
  readonly #underWay = new UnderWay();
  #origin: string | undefined;

  constructor(options: NeighbourOptions) {
    const { service, policy, clock, random } = options;
    this.#options = options;
    this.#pools = new HttpPools({
      service,
      connections: MOST_CONNECTIONS,
      connectMs: policy.tryMs,
      // None: every try has its time, which ends it.
      patienceMs: 0,
    });
    const endpoints = [{ key: service, at: service }];
    this.#guard = new Guard({ service, protocol: 'http', endpoints, policy, clock, random });
  }

  /**
   * Asks, with what the policy allows.
   * @throws {AppError} whose `wire` has the code and status that HTTP tells (PROXY-6); UNAUTHENTICATED for a bad `bearer`
   */
  async ask<T>(question: WebQuestion<T>, options: WebCallOptions = {}): Promise<T> {
    const { tokens } = this.#options;
    const { method, path, body = null, isPure, read } = question;
    const headers = { ...(await headersOf(tokens, options, body !== null)), ...this.#options.ownHeaders?.() };
    const again = isPure ? 'harmless' : options.idempotencyKey === undefined ? 'harmful' : 'keyed';
    const facts: CallFacts = { tries: 0, lastTryMs: 0, wasConnected: undefined, reply: undefined };
    const sent: HttpQuestion = { method, path, headers, body };
    return this.#underWay.run(options.signal, (signal) =>
      this.#logged(sent, facts, signal, async () => {
        const deadline = options.deadline ?? Number.POSITIVE_INFINITY;
        const answer = await this.#guard.run({ deadline, signal, again }, (one) =>
          this.#try(sent, read, facts, one.signal),
        );
        if (!answer.read) throw this.#refusal(answer.reply);
        return answer.read.value;
      }),
    );
  }

  /** Asks for `GET /health` once, within 2 s and past the breaker: whoever looks wants to know how it is now. */
  async health(): Promise<WebHealth> {
    const { service, clock, tokens } = this.#options;
    const facts: CallFacts = { tries: 1, lastTryMs: 0, wasConnected: undefined, reply: undefined };
    const leaving = new AbortController();
    const stop = clock.after(HEALTH_MS, () => leaving.abort());
    try {
      const headers = { ...(await headersOf(tokens, {}, false)), ...this.#options.ownHeaders?.() };
      const question: HttpQuestion = { method: 'GET', path: '/health', headers, body: null };
      const reply = await this.#underWay.run(leaving.signal, (signal) => this.#send(question, facts, signal));
      if (reply.status >= 400) throw this.#refusal(reply);
      return { connected: true, response: jsonOf(service, reply) };
    } catch (error) {
      const { code, detail } = errorEnvelope(unansweredFailure(service, error, facts)).body;
      return { connected: false, error: typeof detail === 'string' ? `${code}: ${detail}` : code };
    } finally {
      stop();
    }
  }

  board(): BoardReport {
    return this.#guard.board();
  }

  /** What is under way fails, and so does what is asked from now on. */
  async close(): Promise<void> {
    this.#underWay.end();
    await this.#pools.close();
  }

  async #logged<T>(
    question: HttpQuestion,
    facts: CallFacts,
    signal: AbortSignal,
    call: () => Promise<T>,
  ): Promise<T> {
    const { service, clock, log } = this.#options;
    const began = clock.now();
    let failure: unknown;
    try {
      return await call();
    } catch (error) {
      failure = unansweredFailure(service, error, facts);
      throw failure;
    } finally {
      const ms = clock.now() - began;
      logCall(log, { service, question, facts, ms, failure, isLeft: signal.aborted });
    }
  }

  async #try<T>(
    question: HttpQuestion,
    read: WebQuestion<T>['read'],
    facts: CallFacts,
    signal: AbortSignal,
  ): Promise<Answered<T>> {
    const { service } = this.#options;
    facts.tries += 1;
    facts.reply = undefined;
    const reply = await this.#send(question, facts, signal);
    facts.reply = reply;
    // Read like gRPC's INTERNAL: a failure of the service that asking again would not help.
    if (isServiceFault(reply.status))
      return { reply, error: { code: 16, label: upstreamCode(reply.status) } };
    if (reply.status >= 400) return { reply };
    const answer = jsonOf(service, reply);
    try {
      return { reply, read: { value: read(answer) } };
    } catch (error) {
      throw nonsense(service, error);
    }
  }

  /** @throws {AppError} UNAVAILABLE, TIMEOUT */
  async #send(question: HttpQuestion, facts: CallFacts, signal: AbortSignal): Promise<HttpReply> {
    const { clock } = this.#options;
    const address = this.#address();
    const began = clock.now();
    const look = () => {
      facts.wasConnected = this.#pools.isConnected(address);
      facts.lastTryMs = clock.now() - began;
    };
    // It aborts when the try ends, however it does: before undici hears of it and takes the connection down.
    signal.addEventListener('abort', look, { once: true });
    return this.#pools.exchange(address, question, signal);
  }

  #refusal(reply: HttpReply): Error {
    const { service, clock } = this.#options;
    return answeredFailure(service, reply, clock.now());
  }

  #address(): HttpAddress {
    const { service, address } = this.#options;
    if (this.#underWay.isOver) throw away(service);
    let at: HttpAddress;
    try {
      at = httpAddress(address());
    } catch (error) {
      throw away(service, { cause: error });
    }
    if (at.origin !== this.#origin) this.#pools.keep([at]);
    this.#origin = at.origin;
    return at;
  }
}

/** @throws {AppError} UNAVAILABLE (`upstream_broken`) for a redirect, another odd status, and what is not JSON */
function jsonOf(service: WebService, { status, text }: HttpReply): unknown {
  if (status < 200 || status >= 300) throw nonsense(service, new Error(`The answer has status ${status}.`));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw nonsense(service, new Error('The answer is not JSON.', { cause: error }));
  }
}

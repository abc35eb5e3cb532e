import { type Clock, systemClock } from '../../clock';
import { AppError } from '../../errors';
import { roomLogger } from '../../logger';
import { refusal } from '../../tournaments/refusals';
import { Comparison, ENOUGH, type Outcome, type Standing } from '../../upstream/comparison/comparison';
import type { ServiceName } from '../../upstream/counts';
import { late } from '../../upstream/errors';
import type { BoardReport, Guard, GuardReport } from '../../upstream/guard';
import { isInShare } from '../../upstream/share';
import type { Target } from '../../upstream/target';
import type { FirstTry, GuardedCall, Try } from '../../upstream/tries';
import type { HttpAddress } from '../../upstream/web/addresses';
import type { Answer } from '../operation';
import type { CallInfo, Method } from '../services';
import type { GrpcSender } from './grpc-sender';
import type { HttpSender } from './http-sender';
import { type HasKey, type NamesUser, type Remote, withKey } from './remote';

const log = roomLogger('gateway');

/** The way that was there before. */
export interface OldWay {
  readonly sender: HttpSender;
  readonly guard: Guard<HttpAddress>;
  /** What shows that this process is one of ours. */
  headersFor(call: CallInfo): Readonly<Record<string, string>>;
}

/** The way that is to take over. */
export interface NewWay {
  readonly sender: GrpcSender;
  readonly guard: Guard<Target>;
}

/** The percentage that the new way has, where both are configured. */
export interface ShareSource {
  get(): { readonly value: number; readonly version: number };
  /** Sets it to 0, and says why. */
  fallBack(why: string, version: number): Promise<void>;
}

export interface UpstreamOptions {
  readonly service: ServiceName;
  readonly old: OldWay | undefined;
  readonly fresh: NewWay | undefined;
  readonly share: ShareSource;
  readonly clock?: Clock | undefined;
}

/** Both ways side by side. */
export interface UpstreamReport {
  readonly service: ServiceName;
  /** Percent; undefined where only one way is configured. */
  readonly share: number | undefined;
  /** Of the share's flag. */
  readonly version: number;
  readonly http: GuardReport | undefined;
  readonly grpc: GuardReport | undefined;
  /** undefined while there is nothing to compare */
  readonly comparison: (Standing & { readonly enough: number }) | undefined;
}

/**
 * One service that is elsewhere: over HTTP, over gRPC, or over both, each with a policy of its own. Where both are
 * configured a share of the people goes the new way (gRPC), the two are compared, and when the new one does worse its
 * share becomes 0.
 */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #clock: Clock;
  #comparison = new Comparison();
  #comparedVersion: number | undefined;
  /** The version of the share that has lost: whatever the flag says until it changes, nobody goes the new way. */
  #lostVersion: number | undefined;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** A method of the service's interface, asked for there. */
  method<Request extends NamesUser & HasKey, Response extends Answer>(
    remote: Remote<Request, Response>,
  ): Method<Request, Response> {
    return async (given, call) => {
      const request = namingCaller(withKey(given, call.idempotencyKey), call);
      const hasKey = Boolean(request.idempotency_key) || call.idempotencyKey !== undefined;
      const again = remote.isRead ? 'harmless' : hasKey ? 'keyed' : 'harmful';
      const guarded: GuardedCall = { deadline: call.deadline, signal: call.signal, again };
      const { old, fresh, service } = this.#options;
      let tries = 0;
      /** That the first try still runs, as a second one hears, is nothing that the caller did. */
      const onlyOnce = async (answer: Promise<Response>): Promise<Response> => {
        tries += 1;
        const isAgain = tries > 1;
        const told = await answer;
        if (isAgain && told.error?.details.some(({ reason }) => reason === 'key_running'))
          throw late(service);
        return told;
      };
      const overHttp = (way: OldWay, onFirst?: (first: FirstTry) => void) =>
        way.guard.run(
          guarded,
          (one: Try<HttpAddress>) => onlyOnce(way.sender.send(remote, request, way.headersFor(call), one)),
          onFirst,
        );
      const overGrpc = (way: NewWay, onFirst?: (first: FirstTry) => void) =>
        way.guard.run(
          guarded,
          (one: Try<Target>) => onlyOnce(way.sender.send(remote, request, call, one)),
          onFirst,
        );
      if (!old || !fresh) {
        if (fresh) return overGrpc(fresh);
        if (old) return overHttp(old);
        throw new AppError('UNIMPLEMENTED', `There is no address of the ${service} service.`);
      }
      const user = userOf(request, call);
      const isNew = this.#isNew(user ?? call.requestId);
      const tell = this.#teller(isNew ? 'new' : 'old', user);
      // Whoever was to go a way that is closed takes the other one; for the comparison it has failed them.
      const isDetour = isNew ? fresh.guard.isClosedOff : old.guard.isClosedOff;
      if (isDetour) tell({ ms: undefined, isError: true });
      return isNew !== isDetour
        ? overGrpc(fresh, isDetour ? undefined : tell)
        : overHttp(old, isDetour ? undefined : tell);
    };
  }

  report(): UpstreamReport {
    const { service, old, fresh, share } = this.#options;
    const { version } = share.get();
    const isShared = old !== undefined && fresh !== undefined;
    return {
      service,
      share: isShared ? this.#percent() : undefined,
      version,
      http: old?.guard.report(),
      grpc: fresh?.guard.report(),
      comparison:
        isShared && this.#comparedVersion === version
          ? { ...this.#comparison.standing(), enough: ENOUGH }
          : undefined,
    };
  }

  /** The last hour of each way that there is. */
  boards(): readonly BoardReport[] {
    const { old, fresh } = this.#options;
    return [old, fresh].filter((way) => way !== undefined).map(({ guard }) => guard.board());
  }

  #percent(): number {
    const { value, version } = this.#options.share.get();
    return version === this.#lostVersion ? 0 : value;
  }

  #isNew(person: string): boolean {
    const percent = this.#percent();
    return percent > 0 && isInShare(this.#options.service, person, percent);
  }

  #teller(arm: Outcome['arm'], user: string | undefined): (first: FirstTry) => void {
    const { value, version } = this.#options.share.get();
    // With everybody on one side there is nothing to compare.
    if (value <= 0 || value >= 100 || version === this.#lostVersion) return () => {};
    if (this.#comparedVersion !== version) {
      this.#comparedVersion = version;
      this.#comparison = new Comparison();
    }
    return (first) => {
      // It began under a share that is over.
      if (this.#comparedVersion !== version || this.#lostVersion === version) return;
      if (this.#comparison.add(this.#clock.now(), { arm, user, ...first })) this.#fallBack(version);
    };
  }

  #fallBack(version: number): void {
    this.#lostVersion = version;
    const { service, share } = this.#options;
    const { evidence, newCalls, errors, slow } = this.#comparison.standing();
    const percent = (part: number | undefined) => `${((part ?? 0) * 100).toFixed(2)} %`;
    const why =
      `gRPC did worse than HTTP: evidence ${Math.round(evidence)} (enough is ${ENOUGH}) after ${newCalls} calls; ` +
      `errors ${percent(errors?.mean)} more, slow calls ${percent(slow?.mean)} more.`;
    log.warn({ service, evidence, newCalls }, 'a new way loses its share');
    share
      .fallBack(why, version)
      .catch((error: unknown) => log.error({ err: error, service }, 'the share can’t be set'));
  }
}

function userOf(request: NamesUser, { caller }: CallInfo): string | undefined {
  return caller.kind === 'player' ? caller.playerId : request.user_id || undefined;
}

/**
 * A player acts for nobody else, whoever may be trusted where the call goes; and the message names him, for services that
 * read no tokens.
 * @throws not_yours
 */
function namingCaller<Request extends NamesUser>(request: Request, { caller }: CallInfo): Request {
  if (caller.kind !== 'player') return request;
  if (request.user_id && request.user_id !== caller.playerId)
    throw refusal('not_yours', 'forbidden: the token is another person’s.');
  return 'user_id' in request ? { ...request, user_id: caller.playerId } : request;
}

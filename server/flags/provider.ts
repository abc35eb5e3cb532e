import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  StandardResolutionReasons,
} from '@openfeature/server-sdk';
import { type Clock, systemClock } from '../clock';
import type { Db } from '../db/client';
import { roomLogger } from '../logger';
import { type FlagState, readFlags } from './flags';

const log = roomLogger('flags');

/** A change is in effect everywhere within a second: the longest it takes to be read, and a slow query. */
const POLL_MS = 400;

/**
 * OpenFeature's provider over the `Flag` table. Values are answered from memory; the table is read again and again, so
 * that every process has a change within a second. While the database is away the last values hold.
 */
export class FlagTableProvider implements Provider {
  readonly metadata = { name: 'arcade flags' } as const;
  readonly runsOn = 'server' as const;
  readonly events = new OpenFeatureEventEmitter();
  readonly #db: Pick<Db, 'flag'>;
  readonly #clock: Clock;
  readonly #pollMs: number;
  #flags: ReadonlyMap<string, FlagState> = new Map();
  #stop: (() => void) | undefined;
  #reading: Promise<void> | undefined;
  #isAway = false;

  constructor(db: Pick<Db, 'flag'>, options: { readonly clock?: Clock; readonly pollMs?: number } = {}) {
    this.#db = db;
    this.#clock = options.clock ?? systemClock;
    this.#pollMs = options.pollMs ?? POLL_MS;
  }

  /** Called by OpenFeature. The first read may fail: what holds until somebody sets a flag holds then, too. */
  async initialize(): Promise<void> {
    this.#stop = this.#clock.every(this.#pollMs, () => void this.refresh());
    await this.refresh();
  }

  async onClose(): Promise<void> {
    this.#stop?.();
    this.#stop = undefined;
    await this.#reading;
  }

  /** Every flag as it was read last. */
  get flags(): readonly FlagState[] {
    return [...this.#flags.values()];
  }

  version(key: string): number {
    return this.#flags.get(key)?.version ?? 0;
  }

  /** Reads the table now. Never rejects. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const flags = await readFlags(this.#db);
      const changed = flags.filter(({ key, version }) => this.version(key) !== version).map(({ key }) => key);
      this.#flags = new Map(flags.map((flag) => [flag.key, flag]));
      if (changed.length > 0)
        this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: changed });
      if (this.#isAway) log.info('flags are read again');
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) log.warn({ err: error }, 'flags can’t be read; the last ones hold');
      this.#isAway = true;
    }
  }

  #resolve<T>(key: string, otherwise: T, isFit: (value: unknown) => value is T): ResolutionDetails<T> {
    const flag = this.#flags.get(key);
    if (!flag)
      return {
        value: otherwise,
        reason: StandardResolutionReasons.ERROR,
        errorCode: ErrorCode.FLAG_NOT_FOUND,
      };
    if (!isFit(flag.value))
      return {
        value: otherwise,
        reason: StandardResolutionReasons.ERROR,
        errorCode: ErrorCode.TYPE_MISMATCH,
      };
    const reason = flag.version === 0 ? StandardResolutionReasons.DEFAULT : StandardResolutionReasons.STATIC;
    return { value: flag.value, reason, flagMetadata: { version: flag.version } };
  }

  async resolveBooleanEvaluation(key: string, otherwise: boolean): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(key, otherwise, (value) => typeof value === 'boolean');
  }

  async resolveStringEvaluation(key: string, otherwise: string): Promise<ResolutionDetails<string>> {
    return this.#resolve(key, otherwise, (value) => typeof value === 'string');
  }

  async resolveNumberEvaluation(key: string, otherwise: number): Promise<ResolutionDetails<number>> {
    return this.#resolve(key, otherwise, (value) => typeof value === 'number');
  }

  async resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    otherwise: T,
    _context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    // Whoever asks says the type, as with every provider of OpenFeature.
    return this.#resolve(key, otherwise, (value): value is T => typeof value === 'object');
  }
}

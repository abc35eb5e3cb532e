import { RateLimiterMemory } from 'rate-limiter-flexible';
import { serviceKeys } from '../auth/service-keys';
import { processConfig } from '../config';
import { getDb } from '../db/client';
import { AppError } from '../errors';
import type { GameState } from '../grpc/gen/proto/game';
import type { TrainingMetrics } from '../grpc/gen/proto/training';
import { singleton } from '../singleton';
import { targetAt } from '../upstream/target';
import { gaugeViewers, viewersRefused } from './counts';
import { StreamHub } from './hub';
import { exhibitionSource, liveSource } from './match-source';
import type { MetricData } from './metric-kind';
import type { NumberedEvent } from './shared-stream';
import { SharedValue } from './shared-value';
import type { StateData } from './state-kind';
import { trainingSource } from './training-source';
import { ViewerLimits } from './viewer-limits';
import type { MetricEvent, StateEvent } from './wire';

/** Streams that one address may watch at once, two or three a page: a club night behind one router fits. */
const VIEWERS_PER_ADDRESS = 400;
/** New exhibitions that one address may ask for in a minute; joining a running one is free. */
const EXHIBITIONS_PER_MINUTE = 60;
/** Exhibitions opened from one address that may be watched at once: a visitor can't take all the places. */
const EXHIBITIONS_PER_ADDRESS = 8;

/** An exhibition that somebody watches through this process. */
export interface WatchedExhibition {
  readonly matchId: string;
  readonly player1Id: number;
  readonly player2Id: number;
}

interface Streams {
  readonly states: StreamHub<GameState, StateData>;
  readonly metrics: StreamHub<TrainingMetrics, MetricData>;
  readonly limits: ViewerLimits;
  readonly newExhibitions: RateLimiterMemory;
  /** Lists and the like that somebody looks at. */
  readonly values: Map<string, SharedValue<unknown>>;
  /** By hub key. */
  readonly exhibitions: Map<string, { readonly wanted: WatchedExhibition; readonly openedFrom: string }>;
}

function streams(): Streams {
  return singleton<Streams>('streams', () => {
    const states = new StreamHub<GameState, StateData>();
    const metrics = new StreamHub<TrainingMetrics, MetricData>();
    gaugeViewers(() => states.totalViewers + metrics.totalViewers);
    return {
      states,
      metrics,
      limits: new ViewerLimits(VIEWERS_PER_ADDRESS),
      newExhibitions: new RateLimiterMemory({ points: EXHIBITIONS_PER_MINUTE, duration: 60 }),
      values: new Map(),
      exhibitions: new Map(),
    };
  });
}

/** @throws {AppError} RATE_LIMITED */
function enter(address: string): () => void {
  try {
    return streams().limits.enter(address);
  } catch (error) {
    viewersRefused.inc({ limit: 'address' });
    throw error;
  }
}

/** Who watches, and from where on. */
export interface Watching {
  readonly address: string;
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
}

/** Exhibitions that are open or linger; the others are forgotten. */
function openExhibitions() {
  const { states, exhibitions } = streams();
  for (const key of exhibitions.keys()) if (!states.has(key)) exhibitions.delete(key);
  return exhibitions;
}

/** Notes that an exhibition is opened. Synchronous, so that requests at the same moment count one another. */
function noteExhibition(key: string, wanted: WatchedExhibition, openedFrom: string): void {
  const exhibitions = openExhibitions();
  const { states } = streams();
  // Those that only linger take nobody's place. The one just asked for has no viewer yet.
  const open = [...exhibitions].filter(
    ([other, exhibition]) => exhibition.openedFrom === openedFrom && states.viewers(other) > 0,
  );
  if (open.length >= EXHIBITIONS_PER_ADDRESS) {
    viewersRefused.inc({ limit: 'exhibitions' });
    throw new AppError(
      'RATE_LIMITED',
      `${open.length} exhibitions are open from your address, which is the limit; watch one of them.`,
    );
  }
  exhibitions.set(key, { wanted, openedFrom });
}

async function spendExhibition(address: string): Promise<void> {
  try {
    await streams().newExhibitions.consume(address);
  } catch (error) {
    if (error instanceof Error) throw error;
    viewersRefused.inc({ limit: 'exhibitions' });
    throw new AppError(
      'RATE_LIMITED',
      `${EXHIBITIONS_PER_MINUTE} exhibitions were started from your address within a minute; watch one of them or wait.`,
    );
  }
}

/**
 * A match as viewers see it: the live one of this id, or an exhibition between the two characters.
 * @throws {AppError} RATE_LIMITED
 */
export async function* watchMatch(
  wanted: WatchedExhibition,
  { address, lastEventId, signal }: Watching,
): AsyncGenerator<NumberedEvent<StateEvent>, void, undefined> {
  const { states } = streams();
  const leave = enter(address);
  try {
    const { matchId, player1Id, player2Id } = wanted;
    const { matchAddress, gameAddress, GRPC_USE_TLS } = processConfig();
    const db = getDb();
    const session = await db.matchSession.findUnique({ where: { id: matchId }, select: { id: true } });
    if (session) {
      yield* states.watch(
        `live:${matchId}`,
        () => liveSource(targetAt(matchAddress, GRPC_USE_TLS), matchId, db),
        lastEventId,
        signal,
      );
      return;
    }
    const key = `exhibition:${matchId}`;
    if (!states.has(key)) await spendExhibition(address);
    const create = () => {
      noteExhibition(key, wanted, address);
      return exhibitionSource(targetAt(gameAddress, GRPC_USE_TLS), {
        match_id: matchId,
        player1_id: player1Id,
        player2_id: player2Id,
      });
    };
    yield* states.watch(key, create, lastEventId, signal);
  } finally {
    leave();
  }
}

/** Number of those who watch a match between players through this process. */
export function viewersOf(matchId: string): number {
  return streams().states.viewers(`live:${matchId}`);
}

/** Exhibitions that somebody watches through this process and that go on, with their number of viewers. */
export function watchedExhibitions(): (WatchedExhibition & { readonly viewers: number })[] {
  const { states } = streams();
  return [...openExhibitions()]
    .map(([key, { wanted }]) => ({
      ...wanted,
      viewers: states.viewers(key),
      isFinished: states.isFinished(key),
    }))
    .filter(({ viewers, isFinished }) => viewers > 0 && !isFinished)
    .map(({ isFinished: _, ...watched }) => watched);
}

/**
 * The measurements of a training as viewers see them.
 * @throws {AppError} RATE_LIMITED
 */
export async function* watchTraining(
  sessionId: string,
  { address, lastEventId, signal }: Watching,
): AsyncGenerator<NumberedEvent<MetricEvent>, void, undefined> {
  const { metrics } = streams();
  const leave = enter(address);
  try {
    const { trainingAddress, GRPC_USE_TLS } = processConfig();
    const target = targetAt(trainingAddress, GRPC_USE_TLS);
    const create = () => trainingSource(target, sessionId, getDb(), serviceKeys());
    yield* metrics.watch(sessionId, create, lastEventId, signal);
  } finally {
    leave();
  }
}

/**
 * A value that pages show as it stands, such as a list: the value now and after each change.
 * @param key whoever asks with the same key shares one reading
 * @param everyMs how often it is read while somebody looks
 * @throws {AppError} RATE_LIMITED, and what the first reading throws
 */
export async function* watchValue<T>(
  key: string,
  read: () => Promise<T>,
  everyMs: number,
  { address, signal }: Pick<Watching, 'address' | 'signal'>,
): AsyncGenerator<T, void, undefined> {
  const { values } = streams();
  const leave = enter(address);
  // The key says which reading it is.
  const shared = (values.get(key) as SharedValue<T> | undefined) ?? new SharedValue(read, everyMs);
  values.set(key, shared);
  try {
    yield* shared.follow(signal);
  } finally {
    leave();
    if (shared.watchers === 0) values.delete(key);
  }
}

/** Cancels every upstream; for shutdown, before the gRPC channels close. */
export async function closeStreams(): Promise<void> {
  const { states, metrics } = streams();
  await Promise.all([states.close(), metrics.close()]);
}

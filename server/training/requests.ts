import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { characterById } from '../../engine/fighter/characters/roster';
import type { Db } from '../db/client';
import type { Role } from '../db/generated/enums';
import { AppError, asAppError } from '../errors';
import type { ServiceKeys } from '../grpc/internal-auth';
import { targetAt } from '../upstream/target';
import { parseTrainingConfig, type TrainingConfig } from './config';
import {
  askUpstream,
  STREAMS_ONLY,
  type TrainingControl,
  trainingControl,
  type Upstream,
} from './control-client';
import { isActive, joinTrainings, type TrainingView } from './overview';
import {
  createTrainingRecord,
  discardTrainingRecord,
  findTrainingRecord,
  findTrainingStanding,
  listTrainingRecords,
} from './records';
import type { Standing } from './shares';

/** Where what people ask about trainings is answered from. */
export interface TrainingDesk {
  readonly db: Db;
  readonly control: TrainingControl;
  /** The same key for the same address as long as the secret stays; it reveals nothing of the address. */
  addressKey(address: string): string;
}

/** Who asks. */
export interface Person {
  readonly playerId: string;
  readonly role: Role;
  readonly isGuest: boolean;
}

/** The desk for the training service at `address`. */
export function trainingDesk(
  db: Db,
  { address, useTls, keys }: { address: string; useTls: boolean; keys: ServiceKeys },
): TrainingDesk {
  const secret = keys.authSecret ?? keys.internalApiKey ?? '';
  return {
    db,
    control: trainingControl(targetAt(address, useTls), keys),
    addressKey: (from) =>
      createHmac('sha256', secret).update(`training share ${from}`).digest('hex').slice(0, 16),
  };
}

/** Whether the service can be told to start and stop trainings, and if not, why. */
function controlOf(upstream: Upstream) {
  return upstream.control
    ? { control: true, why: null, reason: null }
    : { control: false, why: upstream.why, reason: upstream.reason };
}

/** The newest trainings. */
export async function listTrainings({ db, control }: TrainingDesk) {
  const [records, upstream] = await Promise.all([listTrainingRecords(db, 100), askUpstream(control)]);
  return { trainings: joinTrainings(records, upstream, Date.now()), ...controlOf(upstream) };
}

/**
 * One training with its curves so far. `training` is null when nobody knows the id but the service can't be asked: it
 * may stream it all the same.
 * @throws {AppError} NOT_FOUND
 */
export async function showTraining({ db, control }: TrainingDesk, sessionId: string, viewer: Person | null) {
  const [record, upstream] = await Promise.all([findTrainingRecord(db, sessionId), askUpstream(control)]);
  const views = joinTrainings(record ? [record] : [], upstream, Date.now());
  const training = views.find((view) => view.sessionId === sessionId) ?? null;
  if (!training && upstream.control) throw unknown(sessionId);
  return {
    training,
    buckets: record?.buckets ?? [],
    mayStop: training !== null && isActive(training) && isTheirs(training, viewer),
    ...controlOf(upstream),
  };
}

/**
 * How one training stands, without its curves.
 * @throws {AppError} NOT_FOUND
 */
export async function showStanding({ db, control }: TrainingDesk, sessionId: string) {
  const [record, upstream] = await Promise.all([findTrainingStanding(db, sessionId), askUpstream(control)]);
  const views = joinTrainings(record ? [record] : [], upstream, Date.now());
  const training = views.find((view) => view.sessionId === sessionId) ?? null;
  if (!training && upstream.control) throw unknown(sessionId);
  return { training, ...controlOf(upstream) };
}

function isTheirs({ ownerId }: Pick<TrainingView, 'ownerId'>, person: Person | null): boolean {
  return person !== null && (person.role === 'admin' || (ownerId !== null && ownerId === person.playerId));
}

const unknown = (sessionId: string) =>
  new AppError('NOT_FOUND', `There is no training with the id ${sessionId}.`);

/** A name for a training that got none: who learns against whom. */
function matchup({ characterId, opponentCharacterId, opponent }: TrainingConfig, nameOf: NameOf): string {
  return `${nameOf(characterById(characterId).slug)} vs ${nameOf(characterById(opponentCharacterId).slug)} (${opponent})`;
}

type NameOf = (slug: ReturnType<typeof characterById>['slug']) => string;

/** What somebody wants to be trained. */
export interface TrainingWish {
  readonly name?: string | undefined;
  /** What is not given takes its default, the seed a random one. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly person: Person;
  readonly address: string;
  /** What a fighter is called. */
  readonly nameOf: NameOf;
}

function standingOf({ role, isGuest }: Person): Standing {
  if (role === 'admin') return 'admin';
  return isGuest ? 'guest' : 'player';
}

/**
 * Starts a training for somebody.
 * @throws {AppError} BAD_REQUEST for a bad setting, RATE_LIMITED with `detail.reason` without a place,
 *   UNIMPLEMENTED where the service only streams, UNAVAILABLE or TIMEOUT where it doesn't answer
 */
export async function startTraining(desk: TrainingDesk, wish: TrainingWish): Promise<{ sessionId: string }> {
  const { db, control } = desk;
  const { person, address, nameOf } = wish;
  const config = parseTrainingConfig({ seed: randomInt(1, 2 ** 32), ...wish.settings });
  const sessionId = randomUUID();
  const name = wish.name || matchup(config, nameOf);
  const requester = {
    ownerId: person.playerId,
    addressKey: desk.addressKey(address),
    standing: standingOf(person),
  };
  await createTrainingRecord(db, { id: sessionId, ownerId: person.playerId, name, config });
  try {
    await control.start({ sessionId, name, config, requester });
  } catch (error) {
    const code = asAppError(error)?.code;
    // After a timeout nobody knows whether it started, so the record stays until the service is asked.
    if (code !== 'TIMEOUT') await discardTrainingRecord(db, sessionId);
    throw code === 'UNIMPLEMENTED' ? new AppError(code, STREAMS_ONLY, { cause: error }) : error;
  }
  return { sessionId };
}

/**
 * Stops a training; resolves when it has stopped, so its place is free.
 * @throws {AppError} NOT_FOUND, FORBIDDEN for who is neither its owner nor an admin
 */
export async function stopTraining({ db, control }: TrainingDesk, sessionId: string, person: Person) {
  const record = await findTrainingRecord(db, sessionId);
  if (!record && person.role !== 'admin') throw unknown(sessionId);
  if (record && !isTheirs(record, person))
    throw new AppError('FORBIDDEN', 'Only its owner and admins may stop a training.');
  await control.stop(sessionId);
  return { sessionId };
}

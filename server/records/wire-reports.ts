import { z } from 'zod';
import { END_CAUSES, VERDICT_REASONS } from '../../proto/sessions';
import {
  MAX_WIRE_MARKS,
  MAX_WIRE_SAMPLES,
  packStory,
  unpackStory,
  WIRE_COLUMNS,
  WIRE_MARK_TYPES,
  WIRE_ROW,
  type WireStory,
} from '../../proto/wire-report';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import { idSchema } from '../ids';
import { countWireReport } from './counts';
import { takeWireReport } from './wire-allowance';
import { joinStories, placeStory, summarizeStory } from './wire-story';

/** So long after its fight a page may still tell: it may have lost its line, too. */
const OPEN_MS = 10 * 60_000;
/** Pages of one player in one fight that may tell: one for each time it was loaded. */
const MAX_PARTS = 8;

const isWithin = (value: number, limits: readonly [number, number] | undefined) =>
  limits !== undefined && value >= limits[0] && value <= limits[1];

const within = ([least, most]: readonly [number, number]) => z.int().min(least).max(most);

const sampleRow = z
  .array(z.int())
  .length(WIRE_ROW.length)
  .refine(
    (row) => row.every((value, index) => isWithin(value, WIRE_ROW[index])),
    'a number beyond the limits of its column',
  );

const markRow = z.tuple([
  within(WIRE_COLUMNS.at),
  within(WIRE_COLUMNS.span),
  within([0, WIRE_MARK_TYPES.length - 1]),
]);

const story = z.object({
  samples: z.array(sampleRow).max(MAX_WIRE_SAMPLES),
  marks: z.array(markRow).max(MAX_WIRE_MARKS),
});

/** What a page tells after a fight, or when it goes (PEER-20). */
export const wireTold = story.extend({
  sessionId: idSchema,
  startedAgoMs: within(WIRE_COLUMNS.at),
  isLast: z.boolean(),
});
type WireTold = z.output<typeof wireTold>;

const player = z.object({ playerId: z.string(), playerName: z.string() });
/** As it is stored: times count from when both were connected. */
const shownStory = story.extend({ isLast: z.boolean() });

/** The line of one fight, for those who fought it and for admins. */
export const wireView = z.object({
  sessionId: z.string(),
  players: z.tuple([player, player]),
  /** Which of them asks; null for an admin who was neither. */
  viewerSide: z.union([z.literal(1), z.literal(2)]).nullable(),
  connectedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  result: z
    .object({
      winner: z.int(),
      reason: z.string().pipe(z.enum(VERDICT_REASONS)),
      cause: z.string().pipe(z.enum(END_CAUSES)).nullable(),
    })
    .nullable(),
  /** Of player 1 and player 2; null while, or where, a page has told nothing. */
  stories: z.tuple([shownStory.nullable(), shownStory.nullable()]),
});

/** What a report comes to, for a list. */
export const wireSummary = z.object({
  side: z.int(),
  isLast: z.boolean(),
  parts: z.int(),
  pingMs: z.int(),
  lossPerMille: z.int(),
  deepestFrames: z.int(),
  waitedMs: z.int(),
});

/** Who asks. */
interface Asker {
  readonly playerId: string;
  readonly role: string;
}

type Sides = { readonly player1Id: string; readonly player2Id: string };

function sideOf({ player1Id, player2Id }: Sides, playerId: string): 1 | 2 | null {
  return playerId === player1Id ? 1 : playerId === player2Id ? 2 : null;
}

/** The same for a session that is not there and for one that is somebody else's. */
function noSuchFight(sessionId: string): AppError {
  return new AppError('NOT_FOUND', `There is no fight ${sessionId} of yours.`);
}

/**
 * Keeps what a player's page tells of a fight; what pages before it told is joined (PEER-21, PEER-22).
 * @throws {AppError} NOT_FOUND for who did not fight, CONFLICT when nothing more is wanted, RATE_LIMITED after too many parts
 */
export async function storeWireReport(
  db: Db,
  playerId: string,
  told: WireTold,
  nowMs: number = Date.now(),
): Promise<void> {
  await takeWireReport(playerId);
  const { sessionId } = told;
  const session = await db.matchSession.findUnique({
    where: { id: sessionId },
    select: { player1Id: true, player2Id: true, connectedAt: true, endedAt: true },
  });
  const side = session && sideOf(session, playerId);
  if (!session || !side) throw noSuchFight(sessionId);
  const { connectedAt, endedAt } = session;
  if (!connectedAt) throw new AppError('CONFLICT', `Session ${sessionId} was never fought.`);
  if (endedAt && nowMs - endedAt.getTime() > OPEN_MS)
    throw new AppError('CONFLICT', `Session ${sessionId} ended too long ago to tell of it.`);
  const elapsedMs = nowMs - connectedAt.getTime();
  const placed = placeStory(unpackStory(told), elapsedMs - told.startedAgoMs, elapsedMs);
  const isNew = await addFirst(db, { sessionId, side }, told.isLast, placed);
  if (!isNew) await addFurther(db, { sessionId, side }, told.isLast, placed);
  countWireReport(told.isLast ? 'last' : 'part');
}

interface Key {
  readonly sessionId: string;
  readonly side: 1 | 2;
}

function columnsOf(whole: WireStory, isLast: boolean) {
  return { isLast, story: { ...packStory(whole) }, ...summarizeStory(whole) };
}

async function addFirst(db: Db, key: Key, isLast: boolean, placed: WireStory): Promise<boolean> {
  const data = { ...key, ...columnsOf(placed, isLast) };
  const { count } = await db.wireReport.createMany({ data, skipDuplicates: true });
  return count === 1;
}

async function addFurther(db: Db, key: Key, isLast: boolean, placed: WireStory): Promise<void> {
  const before = await db.wireReport.findUnique({ where: { sessionId_side: key } });
  if (!before || before.isLast)
    throw new AppError('CONFLICT', `Player ${key.side} has told everything of session ${key.sessionId}.`);
  if (before.parts >= MAX_PARTS)
    throw new AppError('RATE_LIMITED', `${MAX_PARTS} pages have told of session ${key.sessionId}.`);
  const whole = joinStories(readStory(before.story), placed);
  // Of two pages at once one comes first; the other is told so.
  const { count } = await db.wireReport.updateMany({
    where: { ...key, isLast: false, parts: before.parts },
    data: { ...columnsOf(whole, isLast), parts: before.parts + 1 },
  });
  if (count === 0)
    throw new AppError('CONFLICT', `Another page tells of session ${key.sessionId} at this moment.`);
}

/** Stored by an older version it may have another form: then nothing can be shown of it. */
function readStory(stored: unknown): WireStory {
  const parsed = story.safeParse(stored);
  return parsed.success ? unpackStory(parsed.data) : { samples: [], marks: [] };
}

/**
 * The line of a fight, as both told it.
 * @throws {AppError} NOT_FOUND for everybody who neither fought it nor is an admin (PEER-23)
 */
export async function findWire(db: Db, sessionId: string, asker: Asker): Promise<z.input<typeof wireView>> {
  const person = { select: { id: true, username: true } };
  const session = await db.matchSession.findUnique({
    where: { id: sessionId },
    select: {
      ...{ player1Id: true, player2Id: true, connectedAt: true, endedAt: true },
      ...{ player1: person, player2: person, wireReports: true },
      result: { select: { winner: true, reason: true, cause: true } },
    },
  });
  const viewerSide = session && sideOf(session, asker.playerId);
  if (!session || (!viewerSide && asker.role !== 'admin')) throw noSuchFight(sessionId);
  const name = ({ id, username }: { id: string; username: string }) => ({
    playerId: id,
    playerName: username,
  });
  const told = (side: 1 | 2) => {
    const report = session.wireReports.find((one) => one.side === side);
    return report ? { isLast: report.isLast, ...packStory(readStory(report.story)) } : null;
  };
  return {
    sessionId,
    players: [name(session.player1), name(session.player2)],
    viewerSide,
    connectedAt: session.connectedAt,
    endedAt: session.endedAt,
    result: session.result,
    stories: [told(1), told(2)],
  };
}

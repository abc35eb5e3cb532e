import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Prisma, StorySession } from '../db/generated/client';
import { AppError } from '../errors';
import { type CommitPlan, planCommit } from './commit-plan';
import type { CommitUpdate } from './commit-text';
import type { World } from './commit-world';
import type { StateContext } from './context';
import { positionAt } from './position';
import { findNamed, isInstanceId } from './rows/entities';
import { readState, toJson } from './rows/json';
import { findPlayer, numbersOf, writeNumbers } from './rows/players';
import { relationsAmong, writeRelations } from './rows/relations';
import { lockSession, requireActive, updateSession } from './rows/sessions';
import { writeNextTurn } from './rows/turns';
import type { Tx } from './rows/tx';
import { versionContent } from './rows/versions';

export interface Commit {
  /** `<session>:<number>`: the same one again gives the first answer. The number's order is not checked. */
  readonly turnId: string;
  readonly update: CommitUpdate;
  /** The type of the turn that is written; `commit` unless told. */
  readonly turnType?: string | undefined;
  /** Kept in the turn's `state_changes`, beside what changed. */
  readonly note?: Prisma.InputJsonObject | undefined;
}

const answer = z.object({ commitId: z.string(), updatedFields: z.array(z.string()), turn: z.number() });

/** What came of a commit. */
export interface CommitAnswer extends z.output<typeof answer> {
  /** It had been made before: nothing was written now. */
  readonly isRepeat: boolean;
}

const TURN_ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9})$/i;

/** The session of a commit, and the one way to write its key; undefined for what is no turn id. */
export function parseTurnId(
  turnId: string,
): { readonly sessionId: string; readonly key: string } | undefined {
  const [, id, number] = TURN_ID.exec(turnId) ?? [];
  if (id === undefined || number === undefined) return undefined;
  return { sessionId: id.toLowerCase(), key: `${id.toLowerCase()}:${Number(number)}` };
}

/**
 * Applies everything that a round or a choice brought, raises the turn and writes its row, in one transaction.
 * @throws {AppError} UNPROCESSABLE, NOT_FOUND for the session or whom the commit names, CONFLICT when the session is
 * not active, has had all its turns, or the turn id was used for something else
 */
export function commit(ctx: StateContext, asked: Commit): Promise<CommitAnswer> {
  const named = parseTurnId(asked.turnId);
  if (!named) throw new AppError('UNPROCESSABLE', `"${asked.turnId}" is not <session>:<number>.`);
  const { sessionId, key } = named;
  const fingerprint = fingerprintOf([asked.update, asked.turnType ?? null]);
  return ctx.change(async (tx) => {
    const session = await lockSession(tx, sessionId);
    const known = await tx.storyCommit.findUnique({ where: { sessionId_key: { sessionId, key } } });
    if (known) return repeated(known, fingerprint);
    requireActive(session);
    const world = await readWorld(tx, session, asked.update);
    const plan = planCommit(world, asked.update);
    const at = new Date(ctx.clock.now());
    await writePlan(tx, world, plan, at);
    const commitId = `commit-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
    const turn = await writeNextTurn(
      tx,
      session,
      {
        type: asked.turnType ?? 'commit',
        stateChanges: toJson({
          ...asked.note,
          ...{ commit_id: commitId, turn_id: key, updated_fields: plan.updatedFields, changes: plan.changes },
        }),
      },
      at,
    );
    const given = { commitId, updatedFields: [...plan.updatedFields], turn: turn.number };
    await tx.storyCommit.create({ data: { sessionId, key, fingerprint, answer: given } });
    const move = await movesTo(ctx, tx, session, plan);
    await updateSession(tx, sessionId, { ...move, turn: turn.number }, at);
    return { ...given, isRepeat: false };
  });
}

function repeated(
  known: { readonly key: string; readonly fingerprint: string; readonly answer: unknown },
  fingerprint: string,
): CommitAnswer {
  if (known.fingerprint !== fingerprint)
    throw new AppError('CONFLICT', `The turn ${known.key} was committed with another content.`, {
      detail: { turn_id: known.key },
    });
  return { ...answer.parse(known.answer), isRepeat: true };
}

/** The same for the same content, however it was spelled. */
function fingerprintOf(value: unknown): string {
  const sorted = (_key: string, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held;
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

/** Reads whom an update names, in as few statements as it needs. */
async function readWorld(tx: Tx, session: StorySession, update: CommitUpdate): Promise<World> {
  const ends = update.relations.flatMap(({ cause, effect }) => [cause, effect]);
  const names = [...new Set([...update.diffs.flatMap(({ entity }) => entity ?? []), ...ends])];
  const player = numbersOf(await findPlayer(tx, session.playerId));
  const entities = names.length > 0 ? await findNamed(tx, session.id, names) : [];
  const items = ends.length > 0 ? await findItems(tx, session.id, ends) : [];
  const needsRelations = ends.length > 0 || update.diffs.some(({ diff }) => diff.affinity !== undefined);
  const ids = [session.playerId, ...entities.map(({ id }) => id), ...items.map(({ id }) => id)];
  const relations = needsRelations ? await relationsAmong(tx, session.id, ids) : [];
  return { session, player, entities, items, relations };
}

function findItems(tx: Tx, sessionId: string, names: readonly string[]) {
  return tx.storyItem.findMany({
    where: {
      sessionId,
      OR: [{ id: { in: names.filter(isInstanceId) } }, { scenarioItemId: { in: [...names] } }],
    },
    select: { id: true, scenarioItemId: true },
    orderBy: { ordinal: 'asc' },
  });
}

async function writePlan(tx: Tx, { session, entities }: World, plan: CommitPlan, at: Date): Promise<void> {
  if (plan.player) await writeNumbers(tx, session.playerId, plan.player, at);
  for (const { id, state } of entities) {
    const after = plan.entities.get(id);
    if (after)
      await tx.storyEntity.update({
        where: { id },
        data: { hp: after.hp, state: toJson({ ...readState(state), numeric: after.numeric }) },
      });
  }
  const [made, known] = [
    plan.relations.filter(({ isNew }) => isNew),
    plan.relations.filter((one) => !one.isNew),
  ];
  const texts = (of: typeof made) => of.map(({ relation }) => relation);
  if (made.length > 0) await writeRelations(tx, session.id, texts(made), { areNew: true });
  if (known.length > 0) await writeRelations(tx, session.id, texts(known), { areNew: false });
}

/** Where the session goes; nothing when it stays. */
async function movesTo(ctx: StateContext, tx: Tx, session: StorySession, plan: CommitPlan) {
  const { act, sequence, location } = plan;
  const moved = location === session.location ? {} : { location };
  const isSameAct = act === session.act;
  if (isSameAct && sequence === session.sequence) return moved;
  const scenario = await versionContent(tx, ctx.versions, session.versionId);
  return {
    ...moved,
    ...positionAt(scenario, act, sequence, { actId: isSameAct ? session.actId : undefined }),
  };
}

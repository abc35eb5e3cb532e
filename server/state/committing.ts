import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Prisma, StorySession } from '../db/generated/client';
import { AppError } from '../errors';
import { type CommitPlan, planCommit } from './commit-plan';
import type { CommitUpdate } from './commit-text';
import type { World } from './commit-world';
import type { StateContext } from './context';
import { positionAt } from './position';
import { readForCommit, writeCommit } from './rows/commits';
import { readState, toJson } from './rows/json';
import { numbersOf } from './rows/players';
import { writeRelations } from './rows/relations';
import { lockSession, requireActive } from './rows/sessions';
import { nextTurn } from './rows/turns';
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
    const { known, ...rows } = await readForCommit(tx, session, { key, ...namedIn(asked.update) });
    if (known) return repeated(known, fingerprint);
    requireActive(session);
    const world = { session, ...rows, player: numbersOf(rows.player) };
    const plan = planCommit(world, asked.update);
    const commitId = `commit-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
    const given = { commitId, updatedFields: [...plan.updatedFields], turn: nextTurn(session) };
    const stateChanges = {
      ...asked.note,
      ...{ commit_id: commitId, turn_id: key, updated_fields: plan.updatedFields, changes: plan.changes },
    };
    await writePlannedRelations(tx, sessionId, plan);
    await writeCommit(
      tx,
      session,
      {
        ...{ key, fingerprint, answer: given, player: plan.player },
        turn: { number: given.turn, type: asked.turnType ?? 'commit', stateChanges: toJson(stateChanges) },
        entities: changedEntities(world, plan),
        place: { ...session, ...(await movesTo(ctx, tx, session, plan)) },
      },
      new Date(ctx.clock.now()),
    );
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

/** Whom an update names, and what may be at the end of a relation. */
function namedIn({ diffs, relations }: CommitUpdate) {
  const items = relations.flatMap(({ cause, effect }) => [cause, effect]);
  return { items, entities: [...new Set([...diffs.flatMap(({ entity }) => entity ?? []), ...items])] };
}

const changedEntities = ({ entities }: World, plan: CommitPlan) =>
  entities.flatMap(({ id, state }) => {
    const after = plan.entities.get(id);
    return after ? { id, hp: after.hp, state: { ...readState(state), numeric: after.numeric } } : [];
  });

async function writePlannedRelations(tx: Tx, sessionId: string, { relations }: CommitPlan): Promise<void> {
  for (const areNew of [true, false]) {
    const texts = relations.filter(({ isNew }) => isNew === areNew).map(({ relation }) => relation);
    if (texts.length > 0) await writeRelations(tx, sessionId, texts, { areNew });
  }
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

import { Prisma, type StoryItem, type StorySession } from '../db/generated/client';
import { readRows } from '../db/read';
import { AppError } from '../errors';
import type { StateContext } from './context';
import type { Page } from './limits';
import { type AsJson, itemOf } from './rows/as-json';
import { isInstanceId, requirePlayer } from './rows/entities';
import { sessionOfPlayer } from './rows/players';
import { changeSession, requireSession, unknownSession, updateSession } from './rows/sessions';
import { writeNextTurn } from './rows/turns';
import type { Tx } from './rows/tx';

/** An item by its rule id (a number), its id, or its scenario id. */
export type ItemName = string | number;

/** More of one thing nobody has. */
const MAX_QUANTITY = 1_000_000_000;

export interface ItemChange {
  /** Found by the player's id where it is not told. */
  readonly sessionId: string | undefined;
  /** The player's id, or `player`. */
  readonly player: string;
  readonly item: ItemName;
  readonly quantity: number;
}

/** Everything that there is to have in a session. @throws {AppError} NOT_FOUND */
export async function items(ctx: StateContext, sessionId: string, page: Page): Promise<StoryItem[]> {
  const found = await ctx.db.storyItem.findMany({
    where: { sessionId },
    orderBy: { ordinal: 'asc' },
    skip: page.skip,
    take: page.limit,
  });
  if (found.length === 0) await requireSession(ctx.db, sessionId);
  return found;
}

/** What the player of a session has. @throws {AppError} NOT_FOUND */
export async function inventory(
  ctx: StateContext,
  sessionId: string,
  { skip, limit }: Page,
): Promise<{ readonly playerId: string; readonly items: readonly StoryItem[] }> {
  const [row] = await readRows<{ playerId: string; items: readonly AsJson<StoryItem>[] }>(
    ctx.db,
    Prisma.sql`
      select "playerId",
        (select coalesce(jsonb_agg(to_jsonb(i) order by i.ordinal), '[]')
          from (select * from "StoryItem" where "sessionId" = s.id and quantity > 0
            order by ordinal offset ${skip} limit ${limit}) i) as items
      from "StorySession" s where id = ${sessionId}::uuid`,
  );
  if (!row) throw unknownSession(sessionId);
  return { playerId: row.playerId, items: row.items.map(itemOf) };
}

async function findItem(tx: Tx, sessionId: string, name: ItemName): Promise<StoryItem> {
  const named =
    typeof name === 'number'
      ? { ruleId: name }
      : isInstanceId(name)
        ? { OR: [{ id: name }, { scenarioItemId: name }] }
        : { scenarioItemId: name };
  const found = await tx.storyItem.findFirst({ where: { sessionId, ...named }, orderBy: { ordinal: 'asc' } });
  if (!found)
    throw new AppError('NOT_FOUND', `The session ${sessionId} has no item ${name}.`, {
      detail: { item_id: name },
    });
  return found;
}

/** Makes the player own so many of an item. */
function setOwned(
  tx: Tx,
  item: StoryItem,
  quantity: number,
  { turn }: Pick<StorySession, 'turn'>,
  at: Date,
): Promise<StoryItem> {
  if (quantity < 0)
    throw new AppError('CONFLICT', `The player has ${item.quantity} of ${item.name}, not more.`, {
      detail: { item_id: item.id, quantity: item.quantity },
    });
  if (quantity > MAX_QUANTITY)
    throw new AppError('CONFLICT', `Nobody has more than ${MAX_QUANTITY} of one thing.`, {
      detail: { maxQuantity: MAX_QUANTITY },
    });
  const [had, has] = [item.quantity > 0, quantity > 0];
  return tx.storyItem.update({
    where: { id: item.id },
    data: {
      quantity,
      ...(has && !had ? { acquiredAt: at, activatedTurn: turn, deactivatedTurn: null } : {}),
      ...(had && !has ? { deactivatedTurn: turn } : {}),
    },
  });
}

/** An item as the player then has it. */
export interface Owned {
  readonly playerId: string;
  readonly item: StoryItem;
}

/** Changes how many the player has. @throws {AppError} NOT_FOUND, CONFLICT */
async function changeItem(
  ctx: StateContext,
  { sessionId, player, item: name }: ItemChange,
  work: (tx: Tx, item: StoryItem, session: StorySession, at: Date) => Promise<StoryItem>,
): Promise<Owned> {
  const id = sessionId ?? (await sessionOfPlayer(ctx.db, player));
  return changeSession(ctx, id, async (tx, session, at) => {
    requirePlayer(session, player);
    const item = await findItem(tx, session.id, name);
    return { playerId: session.playerId, item: await work(tx, item, session, at) };
  });
}

/**
 * Gives the player some of an item, or takes some for a negative quantity.
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active or less than none would be left
 */
export function earn(ctx: StateContext, change: ItemChange): Promise<Owned> {
  return changeItem(ctx, change, (tx, item, session, at) =>
    setOwned(tx, item, item.quantity + change.quantity, session, at),
  );
}

/** Makes the player own just so many of an item. @throws {AppError} NOT_FOUND, CONFLICT */
export function setQuantity(ctx: StateContext, change: ItemChange): Promise<Owned> {
  return changeItem(ctx, change, (tx, item, session, at) => setOwned(tx, item, change.quantity, session, at));
}

/**
 * Uses some of an item up, in a turn of its own.
 * @param change of at least 1
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active or the player has not so many
 */
export function use(ctx: StateContext, change: ItemChange): Promise<Owned> {
  return changeItem(ctx, change, async (tx, before, session, at) => {
    const item = await setOwned(tx, before, before.quantity - change.quantity, session, at);
    const stateChanges = {
      action: 'item_use',
      item_id: item.id,
      quantity_used: change.quantity,
      remaining_quantity: item.quantity,
      changes: [{ entity_id: item.id, field: 'quantity', before: before.quantity, after: item.quantity }],
    };
    const turn = await writeNextTurn(tx, session, { type: 'item_use', stateChanges }, at);
    await updateSession(tx, session.id, { turn: turn.number }, at);
    return item;
  });
}

import { z } from 'zod';
import { MAX_SCENARIO_ID } from '../../../proto/scenario';
import { isoTime } from '../times';
import { inventoryItem, itemInfo, viewInventoryItem, viewItem } from '../views/items';
import { entityName, int32, page, uuid } from './fields';
import { requireOne } from './missing';
import { type StateRoute, sessionRoute, stateRoute } from './route';

const tag = 'items';
const read = { method: 'GET', tag, who: 'owner' } as const;

/** An item's UUID or scenario id; a number is its rule id, which was V1's item id. */
const itemName = z.union([z.string().min(1).max(MAX_SCENARIO_ID), int32]);
const named = {
  item_id: itemName.nullish(),
  state_entity_id: itemName.nullish(),
  rule_id: int32.nullish(),
};
interface Named {
  readonly item_id?: string | number | null | undefined;
  readonly state_entity_id?: string | number | null | undefined;
  readonly rule_id?: number | null | undefined;
}
const itemOf = ({ item_id, state_entity_id, rule_id }: Named): string | number | undefined =>
  item_id ?? state_entity_id ?? rule_id ?? undefined;

const skipped = z.object({ skipped: z.literal(true), reason: z.string() });
const SKIPPED = { skipped: true as const, reason: 'No item was named.' };

export const itemRoutes: readonly StateRoute[] = [
  sessionRoute({
    ...{ ...read, path: '/inventory' },
    summary: 'What the player has',
    fields: page,
    output: z.array(inventoryItem),
    async run({ sid, ...slice }, { state }) {
      const { playerId, items } = await state.inventory(sid, slice);
      return items.map((row) => viewInventoryItem(row, playerId));
    },
  }),
  sessionRoute({
    ...{ ...read, path: '/items' },
    summary: 'Everything that there is to have',
    fields: page,
    output: z.array(itemInfo),
    run: async ({ sid, ...slice }, { state }) => (await state.items(sid, slice)).map(viewItem),
  }),
  stateRoute({
    ...{ method: 'PUT', path: '/inventory/update', tag, who: 'trusted' },
    summary: 'Make the player have just so many of an item',
    input: z.object({
      player_id: entityName,
      session_id: uuid.optional(),
      ...named,
      quantity: z.int().min(0).max(1_000_000_000),
    }),
    output: z.object({ player_id: z.string(), item_id: z.string(), quantity: z.number() }),
    async run({ player_id: player, session_id: sessionId, quantity, ...name }, { state }) {
      const item = requireOne('rule_id', itemOf(name));
      const owned = await state.setQuantity({ sessionId, player, item, quantity });
      return { player_id: owned.playerId, item_id: owned.item.id, quantity: owned.item.quantity };
    },
  }),
  stateRoute({
    ...{ method: 'POST', path: '/player/item/earn', tag, who: 'trusted' },
    summary: 'Give the player some of an item, or take some; 409 where less than none would be left',
    input: z.object({ session_id: uuid, player_id: entityName, ...named, quantity: int32 }),
    output: z.union([
      z.object({
        player_id: z.string(),
        item_id: z.string(),
        quantity: z.number(),
        total_quantity: z.number(),
        updated_at: z.string(),
      }),
      skipped,
    ]),
    async run({ session_id: sessionId, player_id: player, quantity, ...name }, { state, now }) {
      const item = itemOf(name);
      if (item === undefined) return SKIPPED;
      const owned = await state.earn({ sessionId, player, item, quantity });
      return {
        player_id: owned.playerId,
        item_id: owned.item.id,
        quantity,
        total_quantity: owned.item.quantity,
        updated_at: isoTime(new Date(now())),
      };
    },
  }),
  stateRoute({
    ...{ method: 'POST', path: '/player/item/use', tag, who: 'trusted' },
    summary: 'Use some of an item up, in a turn of its own; 409 where the player has not so many',
    input: z.object({
      session_id: uuid,
      player_id: entityName,
      ...named,
      quantity: z.int().min(1).max(1_000_000_000),
    }),
    output: z.union([
      z.object({
        player_id: z.string(),
        item_id: z.string(),
        quantity: z.number(),
        remaining_quantity: z.number(),
        active: z.boolean(),
      }),
      skipped,
    ]),
    async run({ session_id: sessionId, player_id: player, quantity, ...name }, { state }) {
      const item = itemOf(name);
      if (item === undefined) return SKIPPED;
      const owned = await state.use({ sessionId, player, item, quantity });
      return {
        player_id: owned.playerId,
        item_id: owned.item.id,
        quantity,
        remaining_quantity: owned.item.quantity,
        active: owned.item.quantity > 0,
      };
    },
  }),
];

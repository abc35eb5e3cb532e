import { z } from 'zod';
import type { StoryItem } from '../../db/generated/client';
import { readObject } from '../rows/json';
import { isoTimeOrNull } from '../times';

const free = z.record(z.string(), z.unknown());

export const itemInfo = z.object({
  item_id: z.string(),
  scenario_item_id: z.string(),
  rule_id: z.number(),
  name: z.string(),
  description: z.string(),
  item_type: z.string(),
  meta: free,
});

export function viewItem(row: StoryItem) {
  return {
    item_id: row.id,
    scenario_item_id: row.scenarioItemId,
    rule_id: row.ruleId,
    name: row.name,
    description: row.description,
    item_type: row.itemType,
    meta: readObject(row.meta),
  };
}

export const inventoryItem = z.object({
  player_id: z.string(),
  item_id: z.string(),
  rule_id: z.number(),
  item_name: z.string(),
  description: z.string(),
  quantity: z.number(),
  active: z.boolean(),
  activated_turn: z.number(),
  deactivated_turn: z.number().nullable(),
  category: z.string(),
  item_state: free,
  acquired_at: z.string().nullable(),
});

export function viewInventoryItem(row: StoryItem, playerId: string) {
  return {
    player_id: playerId,
    item_id: row.id,
    rule_id: row.ruleId,
    item_name: row.name,
    description: row.description,
    quantity: row.quantity,
    active: row.quantity > 0,
    activated_turn: row.activatedTurn ?? 0,
    deactivated_turn: row.deactivatedTurn,
    category: row.itemType,
    item_state: readObject(row.meta),
    acquired_at: isoTimeOrNull(row.acquiredAt),
  };
}

export const playerItem = z.object({
  item_id: z.string(),
  name: z.string(),
  description: z.string(),
  item_type: z.string(),
  meta: free,
  is_stackable: z.boolean(),
  quantity: z.number(),
});

/** Something that a player has; `is_stackable: false` in its `meta` says that it stands alone. */
export function viewPlayerItem(row: StoryItem) {
  const meta = readObject(row.meta);
  return {
    item_id: row.id,
    name: row.name,
    description: row.description,
    item_type: row.itemType,
    meta,
    is_stackable: meta.is_stackable !== false,
    quantity: row.quantity,
  };
}

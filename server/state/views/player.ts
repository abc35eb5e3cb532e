import { z } from 'zod';
import type { StoryPlayer } from '../../db/generated/client';
import { numbersOf } from '../rows/players';
import type { Snapshot } from '../rows/snapshot';
import { inScope } from '../scope';
import { isoTime } from '../times';
import { playerItem, viewPlayerItem } from './items';
import { namesIn, viewPersonalRelation } from './relations';

export const playerInfo = z.object({
  player_id: z.string(),
  name: z.string(),
  hp: z.number(),
  mp: z.number(),
  san: z.number(),
  str: z.number().nullable(),
  dex: z.number().nullable(),
  int: z.number().nullable(),
  lux: z.number().nullable(),
  tags: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
});

export function viewPlayer(row: StoryPlayer) {
  const { hp, mp, san, stats } = numbersOf(row);
  const { str = null, dex = null, int = null, lux = null } = stats;
  return {
    player_id: row.id,
    name: row.name,
    ...{ hp, mp, san, str, dex, int, lux },
    tags: row.tags,
    created_at: isoTime(row.createdAt),
    updated_at: isoTime(row.updatedAt),
  };
}

/** What V2 tells of a player whose numbers were changed, and V1's way to tell it. */
export const changedPlayer = playerInfo.extend({
  state: z.object({
    numeric: z.record(z.string(), z.number()),
    boolean: z.record(z.string(), z.boolean()),
  }),
  relations: z.array(z.unknown()),
});

const UPPER = new Set(['str', 'dex', 'int', 'lux']);

export function viewChangedPlayer(row: StoryPlayer) {
  const { hp, mp, san, stats } = numbersOf(row);
  const more = Object.entries(stats).map(([name, value]): [string, number] => [
    UPPER.has(name) ? name.toUpperCase() : name,
    value,
  ]);
  const numeric = { HP: hp, MP: mp, SAN: san, ...Object.fromEntries(more) };
  return { ...viewPlayer(row), state: { numeric, boolean: {} }, relations: [] };
}

export const playerState = z.object({
  player: z.object({ hp: z.number(), gold: z.number(), items: z.array(playerItem) }),
  player_npc_relations: z.array(
    z.object({ npc_id: z.string(), npc_name: z.string(), affinity_score: z.number() }),
  ),
});

/** A player with what they have and who knows them. */
export function viewPlayerState(snapshot: Snapshot) {
  const { hp, stats } = numbersOf(snapshot.player);
  const names = namesIn(snapshot);
  const { personal } = inScope(snapshot, { includesInactive: false });
  return {
    player: {
      hp,
      gold: stats.gold ?? 0,
      items: snapshot.items.filter(({ quantity }) => quantity > 0).map(viewPlayerItem),
    },
    player_npc_relations: personal.map((row) => {
      const { npc_id, npc_name, affinity_score } = viewPersonalRelation(row, names, snapshot.player.id);
      return { npc_id, npc_name, affinity_score };
    }),
  };
}

import { z } from 'zod';
import { viewerOf } from '../caller';
import { unknownPlayer } from '../rows/players';
import { changedPlayer, playerState, viewChangedPlayer, viewPlayerState } from '../views/player';
import { changes, entityName, int32, uuid } from './fields';
import { type StateRoute, stateRoute } from './route';

const tag = 'players';
const write = { method: 'PUT', tag, who: 'trusted' } as const;

export const playerRoutes: readonly StateRoute[] = [
  stateRoute({
    ...{ method: 'GET', path: '/player/:player', tag, who: 'signed-in' },
    summary: 'A player with what they have and who knows them',
    input: z.object({ player: uuid }),
    output: playerState,
    async run({ player }, { caller, state }) {
      const snapshot = await state.contextOfPlayer(player);
      const viewer = viewerOf(caller);
      const { userId, userIdIsNumber } = snapshot.session;
      if (viewer !== undefined && (userId !== viewer || userIdIsNumber)) throw unknownPlayer(player);
      return viewPlayerState(snapshot);
    },
  }),
  stateRoute({
    ...{ ...write, path: '/player/:player/hp' },
    summary: 'Add to the player’s HP, within 0 and the most',
    input: z.object({
      player: entityName,
      session_id: uuid,
      hp_change: int32,
      reason: z.string().max(200).default('unknown'),
    }),
    output: z.object({
      player_id: z.string(),
      name: z.string(),
      current_hp: z.number(),
      max_hp: z.number(),
      hp_change: z.number(),
    }),
    async run({ player: name, session_id, hp_change }, { state }) {
      const { player, hpChange } = await state.changeStats(session_id, name, { hp: hp_change });
      const { id, hp, maxHp } = player;
      return { player_id: id, name: player.name, current_hp: hp, max_hp: maxHp, hp_change: hpChange };
    },
  }),
  stateRoute({
    ...{ ...write, path: '/player/:player/stats' },
    summary: 'Add to the player’s numbers',
    input: z.object({ player: entityName, session_id: uuid, stat_changes: changes }),
    output: changedPlayer,
    async run({ player: name, session_id, stat_changes }, { state }) {
      const { player } = await state.changeStats(session_id, name, stat_changes);
      return viewChangedPlayer(player);
    },
  }),
  stateRoute({
    ...{ ...write, path: '/npc/affinity' },
    summary: 'Change what an NPC thinks of the player, within 0 and 100',
    input: z.object({
      player_id: entityName,
      npc_id: entityName,
      affinity_change: int32,
      session_id: uuid.optional(),
      relation_type: z.string().min(1).max(100).optional(),
    }),
    output: z.object({ player_id: z.string(), npc_id: z.string(), new_affinity: z.number() }),
    async run({ player_id, npc_id, affinity_change, session_id, relation_type }, { state }) {
      const { playerId, npcId, affinity } = await state.changeAffinity({
        ...{ sessionId: session_id, player: player_id, npc: npc_id },
        ...{ change: affinity_change, type: relation_type },
      });
      return { player_id: playerId, npc_id: npcId, new_affinity: affinity };
    },
  }),
];

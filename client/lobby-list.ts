import type { LobbyPlayer, ServerPayloads } from '../proto/signaling-payloads';

/** The lobby as this browser knows it: a whole list, and the numbered changes after it (SIG-20). */
export interface LobbyList {
  /** The list of the server, which takes the place of what was known. */
  take(update: ServerPayloads['lobby_update']): readonly LobbyPlayer[];
  /** What is otherwise; undefined where something before it is missing: the whole list has to be asked for. */
  apply(delta: ServerPayloads['lobby_delta']): readonly LobbyPlayer[] | undefined;
}

export function createLobbyList(): LobbyList {
  let players = new Map<string, LobbyPlayer>();
  let seq = Number.NaN;
  const list = () => [...players.values()];
  return {
    take(update) {
      players = new Map(update.players.map((player) => [player.playerId, player]));
      seq = update.seq ?? Number.NaN;
      return list();
    },
    apply({ seq: number, joined, left, changed }) {
      // In the list already.
      if (number <= seq) return list();
      if (number !== seq + 1) return undefined;
      seq = number;
      for (const player of [...joined, ...changed]) players.set(player.playerId, player);
      for (const playerId of left) players.delete(playerId);
      return list();
    },
  };
}

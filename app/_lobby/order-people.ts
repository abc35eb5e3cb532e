import type { LobbyPlayer } from '@/proto/signaling';

const collator = new Intl.Collator(['ko', 'en'], { sensitivity: 'base', numeric: true });

/** Everybody but oneself: free people first, then by name, so that rows don't jump at each update. */
export function orderPeople(players: readonly LobbyPlayer[], selfId: string | undefined): LobbyPlayer[] {
  const rank = (player: LobbyPlayer) => (player.status === 'available' ? 0 : 1);
  return players
    .filter((player) => player.playerId !== selfId)
    .sort((a, b) => rank(a) - rank(b) || collator.compare(a.playerName, b.playerName));
}

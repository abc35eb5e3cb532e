import type { LobbyPlayer } from '@/proto/signaling-payloads';
import type { RelationKind } from '@/proto/social';

/** What the player has said about others, by their id. */
export type Relations = ReadonlyMap<string, ReadonlySet<RelationKind>>;

export const SHOWN = ['all', 'free', 'favourites'] as const;
export type Shown = (typeof SHOWN)[number];

export interface Selection {
  readonly words: string;
  readonly shown: Shown;
}

const collator = new Intl.Collator(['ko', 'en'], { sensitivity: 'base', numeric: true });

/** Free of everything that keeps somebody from being challenged. */
export function isFree(player: LobbyPlayer, relations: Relations): boolean {
  return player.status === 'available' && !player.doNotDisturb && !isBlocked(player, relations);
}

export function isBlocked({ playerId }: LobbyPlayer, relations: Relations): boolean {
  return relations.get(playerId)?.has('block') ?? false;
}

function isFavourite({ playerId }: LobbyPlayer, relations: Relations): boolean {
  return relations.get(playerId)?.has('favourite') ?? false;
}

/**
 * Everybody but oneself who fits: favourites before others, free people first, then by name, so that rows don't jump at each
 * update.
 * @param before the last result: what is in order already takes one look at each
 */
export function selectPeople(
  players: readonly LobbyPlayer[],
  selfId: string | undefined,
  relations: Relations,
  { words, shown }: Selection,
  before: readonly LobbyPlayer[] = [],
): LobbyPlayer[] {
  const sought = fold(words.trim());
  const fits = (player: LobbyPlayer) =>
    player.playerId !== selfId &&
    (sought === '' || fold(player.playerName).includes(sought)) &&
    (shown === 'all' || (shown === 'free' ? isFree(player, relations) : isFavourite(player, relations)));
  const rank = (player: LobbyPlayer) => {
    if (isBlocked(player, relations)) return 4;
    return (isFree(player, relations) ? 0 : 2) + (isFavourite(player, relations) ? 0 : 1);
  };
  const left = new Map(players.filter(fits).map((player) => [player.playerId, player]));
  const list: LobbyPlayer[] = [];
  for (const { playerId } of before) {
    const player = left.get(playerId);
    if (player && left.delete(playerId)) list.push(player);
  }
  return [...list, ...left.values()].sort(
    (a, b) => rank(a) - rank(b) || collator.compare(a.playerName, b.playerName),
  );
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

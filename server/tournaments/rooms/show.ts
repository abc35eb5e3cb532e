import type { Prisma } from '../../db/generated/client';
import type { Queue } from '../queue/queue';
import { refusal } from '../refusals';
import { type Asker, type TournamentContext, today } from '../running/context';
import { iso, isoOrNull, type Names, showPairing } from '../running/show-pairing';
import type { RoomSummary, RoomView } from '../views/rooms';

/** Rooms as pages see them. */

const MAX_LISTED = 100;
const MAX_QUEUE = 50;
const MAX_PAST = 20;

/** Where places can be looked up; undefined where no desk is open. */
type Places = { readonly queue: Pick<Queue, 'placeOf'> } | undefined;

const shown = {
  host: { select: { id: true, username: true } },
  fighters: { include: { user: { select: { username: true } } } },
  pairings: { orderBy: { number: 'desc' }, take: MAX_PAST + 1 },
} as const satisfies Prisma.RoomInclude;
type Row = Prisma.RoomGetPayload<{ include: typeof shown }>;

export async function listRooms(
  ctx: TournamentContext,
  desk: Places,
): Promise<{ now: string; rooms: RoomSummary[] }> {
  const rows = await ctx.db.room.findMany({
    where: { closedAt: null },
    include: shown,
    orderBy: [{ activeAt: 'desc' }],
    take: MAX_LISTED,
  });
  const rooms = await Promise.all(rows.map(async (row) => summary(row, desk, await namesFor(ctx, row))));
  return {
    now: iso(today(ctx)),
    rooms: rooms.toSorted((one, two) => heads(two) - heads(one)),
  };
}

const heads = ({ waiting, pairing, champion }: RoomSummary) => waiting + (pairing ? 2 : champion ? 1 : 0);

/** @throws {AppError} no_event */
export async function showRoom(
  ctx: TournamentContext,
  desk: Places,
  roomId: string,
  asker: Pick<Asker, 'playerId'> | null,
): Promise<RoomView> {
  const row = await ctx.db.room.findUnique({ where: { id: roomId }, include: shown });
  if (!row) throw refusal('no_event', `Not found: there is no room ${roomId}.`);
  const names = await namesFor(ctx, row);
  const queue = queueOf(row, desk);
  return {
    ...summary(row, desk, names),
    queue: queue.slice(0, MAX_QUEUE),
    past: row.pairings
      .filter(({ status }) => status === 'ended')
      .slice(0, MAX_PAST)
      .map((pairing) => showPairing(pairing, names)),
    my: asker && {
      isHost: row.hostId === asker.playerId,
      isChampion: row.championId === asker.playerId,
      isIn: row.fighters.some(({ userId }) => userId === asker.playerId),
      position: queue.find(({ playerId }) => playerId === asker.playerId)?.position ?? 0,
    },
  };
}

function summary(row: Row, desk: Places, names: Names): RoomSummary {
  const open = row.pairings.find(({ status }) => status === 'called' || status === 'running');
  return {
    roomId: row.id,
    name: row.name,
    host: { playerId: row.host.id, playerName: row.host.username },
    champion:
      row.championId === null ? null : { playerId: row.championId, playerName: names.nameOf(row.championId) },
    streak: row.streak,
    waiting: queueOf(row, desk).length,
    pairing: open ? showPairing(open, names) : null,
    createdAt: iso(row.createdAt),
    closedAt: isoOrNull(row.closedAt),
  };
}

/** Who waits, by the queue's order; places are numbered anew, as the queue counts those who have just left, too. */
function queueOf({ id, fighters }: Row, desk: Places) {
  return fighters
    .flatMap(({ userId, user }) => {
      const place = desk?.queue.placeOf(id, userId);
      return place?.state === 'waiting'
        ? [{ playerId: userId, playerName: user.username, position: place.position }]
        : [];
    })
    .toSorted((one, two) => one.position - two.position)
    .map((person, index) => ({ ...person, position: index + 1 }));
}

async function namesFor({ db }: TournamentContext, row: Row): Promise<Names> {
  const ids = row.pairings.flatMap(({ player1Id, player2Id }) => [player1Id, player2Id]);
  const wanted = [...new Set([...ids, row.championId])].filter((id) => id !== null);
  const users = await db.user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, username: true },
  });
  const names = new Map(users.map(({ id, username }) => [id, username]));
  const characters = new Map(row.fighters.map(({ userId, characterId }) => [userId, characterId]));
  return {
    nameOf: (playerId) => names.get(playerId) ?? '',
    seedOf: () => null,
    characterOf: (playerId) => characters.get(playerId) ?? 1,
  };
}

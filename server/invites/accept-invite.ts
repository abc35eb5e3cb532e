import type { InviteRefusal } from '../../proto/sessions';
import type { PrismaClient } from '../db/generated/client';
import { AppError, asAppError } from '../errors';
import type { Sessions } from '../sessions/sessions';
import { expired, readInvite, spendInvite } from './invites';

export interface AcceptContext {
  readonly db: PrismaClient;
  readonly sessions: Pick<Sessions, 'arrange' | 'isOnline' | 'matchOf' | 'requestsRefusedUntil'>;
  readonly nowMs: number;
}

/**
 * Brings who has a link together with who made it; the link is used up by that.
 * @throws {AppError} with an InviteRefusal in `detail.reason`: NOT_FOUND for a link that is not open (and, as nobody is to know
 *   of a block, of who has blocked the other), CONFLICT otherwise; RATE_LIMITED for who spoiled fights lately
 */
export async function acceptInvite(
  { db, sessions, nowMs }: AcceptContext,
  guest: { readonly playerId: string; readonly code: string; readonly characterId: number },
): Promise<{ sessionId: string }> {
  const { playerId, code } = guest;
  const invite = await readInvite(db, code, new Date(nowMs), playerId);
  if (!invite) throw expired('NOT_FOUND');
  const { hostId, hostName } = invite;
  if (hostId === playerId) throw refusal('own_link', 'This is your own invitation: send it to a friend.');
  if (sessions.matchOf(playerId)) throw refusal('you_in_match', 'You are in a match already.');
  await assertMayAccept(sessions, playerId);
  if (sessions.matchOf(hostId)) throw refusal('host_in_match', `${hostName} is in a match at the moment.`);
  if (!sessions.isOnline(hostId) || (await sessions.requestsRefusedUntil(hostId)))
    throw refusal('host_away', `${hostName} is not in the arcade at the moment.`);
  try {
    return await sessions.arrange({
      player1Id: hostId,
      player2Id: playerId,
      characters: [invite.characterId, guest.characterId],
      firstTo: invite.firstTo,
      source: 'invite',
      also: (tx) => spendInvite(tx, code),
    });
  } catch (error) {
    // Somebody else came to one of them meanwhile.
    const known = asAppError(error);
    if (known?.code !== 'CONFLICT' || known.detail?.reason !== undefined) throw error;
    if (sessions.matchOf(playerId)) throw refusal('you_in_match', 'You are in a match already.');
    throw refusal('host_in_match', `${hostName} is in a match at the moment.`);
  }
}

async function assertMayAccept(sessions: AcceptContext['sessions'], playerId: string): Promise<void> {
  const until = await sessions.requestsRefusedUntil(playerId);
  if (!until) return;
  throw new AppError(
    'RATE_LIMITED',
    `You spoiled several fights; the next one is possible from ${until.toISOString()} on.`,
    { detail: { until: until.getTime() } },
  );
}

function refusal(reason: InviteRefusal, message: string): AppError {
  return new AppError('CONFLICT', message, { detail: { reason } });
}

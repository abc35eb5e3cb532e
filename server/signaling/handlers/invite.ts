import { acceptInvite } from '../../invites/accept-invite';
import type { Handler } from '../context';
import { knownCharacter } from './known-character';

export const joinInvite: Handler<'join_invite'> = async ({ db, sessions, clock }, _connection, payload) => {
  const { playerId, code } = payload;
  const characterId = knownCharacter(payload.characterId);
  return acceptInvite({ db, sessions, nowMs: clock.now() }, { playerId, code, characterId });
};

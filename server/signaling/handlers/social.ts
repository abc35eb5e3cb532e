import { hearsNothingOf } from '../../social/relations';
import type { Handler } from '../context';

/** Nothing is kept, and nobody is told where it does not arrive: what is measured is just that. */
export const probe: Handler<'probe'> = async ({ sessions }, { playerId }, { sessionId, data }) => {
  sessions.probe(sessionId, playerId, data);
  return {};
};

/** Who has muted the speaker hears nothing, and the speaker does not learn of it. */
export const sendPhrase: Handler<'send_phrase'> = async (
  { sessions, db, tell },
  { playerId, playerName },
  { sessionId, phrase },
) => {
  const opponentId = await sessions.opponentIn(sessionId, playerId);
  if (!(await hearsNothingOf(db, opponentId, playerId)))
    tell(opponentId, 'phrase_received', { sessionId, senderId: playerId, senderName: playerName, phrase });
  return {};
};

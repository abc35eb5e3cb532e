import { watchValue } from '../../streams/streams';
import { deskIfOpen } from '../../tournaments/desk';
import { tournamentIdInput } from '../../tournaments/running/inputs';
import { createWaitingRoomCache, showWaitingRoom } from '../../tournaments/running/show-waiting-room';
import type { WaitingRoom } from '../../tournaments/views/waiting-room';
import { playerProcedure, router } from '../init';
import { streamOf } from '../stream-output';
import { tournamentRoom } from '../tournament-room';
import { withTrpcErrors } from '../tracked-events';

/** How often a waiting room is read while its person looks at it. */
const PLACE_MS = 1_000;

const cache = createWaitingRoomCache();

export const queueRouter = router({
  /** The waiting room of one person: place, estimate, seat and payment, now and after each change. */
  place: playerProcedure
    .input(tournamentIdInput)
    .output(streamOf<WaitingRoom>())
    .subscription(async function* ({ ctx, input: { tournamentId }, signal }) {
      const { playerId } = ctx.user;
      const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
      const read = () => showWaitingRoom(tournamentRoom(), deskIfOpen(), tournamentId, playerId, cache);
      yield* withTrpcErrors(watchValue(`place:${tournamentId}:${playerId}`, read, PLACE_MS, looking));
    }),
});

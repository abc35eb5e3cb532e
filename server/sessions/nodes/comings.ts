import type { Logger } from 'pino';
import type { SessionsHere } from '../here';

export interface ComingsOptions {
  readonly here: Pick<SessionsHere, 'playerBack' | 'playerGone'>;
  readonly log: Logger;
  /** Whether it is known of each session whether this node leads it. */
  mayAct(): boolean;
  isOnline(playerId: string): boolean;
}

/** Lines that come and go, as the sessions that this node leads hear of them: of those in a cut when it is over. */
export interface Comings {
  back(playerId: string): Promise<void>;
  gone(playerId: string, isNodeGone?: boolean): Promise<void>;
  /** What came or went meanwhile counts as it stands now. */
  catchUp(): Promise<void>;
}

export function createComings({ here, log, mayAct, isOnline }: ComingsOptions): Comings {
  /** Whose lines came or went, and whether the last went with its whole node. */
  const unseen = new Map<string, boolean>();

  const see = (playerId: string, isNodeGone: boolean): Promise<void> =>
    isOnline(playerId) ? here.playerBack(playerId) : here.playerGone(playerId, isNodeGone);

  return {
    async back(playerId) {
      if (mayAct()) await here.playerBack(playerId);
      else unseen.set(playerId, false);
    },
    async gone(playerId, isNodeGone = false) {
      if (mayAct()) await here.playerGone(playerId, isNodeGone);
      else unseen.set(playerId, isNodeGone);
    },
    async catchUp() {
      if (!mayAct()) return;
      const seen = [...unseen];
      unseen.clear();
      for (const [playerId, isNodeGone] of seen)
        await see(playerId, isNodeGone).catch((err: unknown) =>
          log.warn({ err, playerId }, 'who came or went while the nodes were apart could not all be told'),
        );
    },
  };
}

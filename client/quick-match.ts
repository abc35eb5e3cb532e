import type { QuickMatchStatus } from '../proto/signaling-payloads';
import type { Signaling } from './signaling';

/** How the wait stands, as last heard. */
export interface QuickWait extends QuickMatchStatus {
  /** When that was heard: Unix milliseconds. */
  readonly heardAt: number;
}

/** This player's wish for a quick match, kept over lost lines. */
export interface QuickMatch {
  /** Takes a place in the queue. @throws {SignalingFailure} */
  join(characterId: number): Promise<void>;
  /** Gives it up. */
  leave(): Promise<void>;
  /** Another page has the wish from now on. */
  forget(): void;
  close(): void;
}

/** @param onWait told of each change; null for nobody who waits */
export function createQuickMatch(
  signaling: Pick<Signaling, 'on' | 'send'>,
  onWait: (wait: QuickWait | null) => void,
): QuickMatch {
  let playerId: string | undefined;
  /** The fighter that is to be sent; undefined without a wish. */
  let wish: number | undefined;

  function forget(): void {
    wish = undefined;
    onWait(null);
  }

  function show(status: QuickMatchStatus): void {
    wish = status.characterId;
    onWait({ ...status, heardAt: Date.now() });
  }

  async function join(characterId: number): Promise<void> {
    wish = characterId;
    try {
      const { status } = await signaling.send('join_quick_match', { playerId: playerId ?? '', characterId });
      // A quick opponent may have overtaken the ack.
      if (wish !== undefined) show(status);
    } catch (error) {
      forget();
      throw error;
    }
  }

  const stops = [
    signaling.on('ready', (ready) => {
      if (ready.playerId !== playerId) forget();
      playerId = ready.playerId;
      if (wish === undefined) return;
      if (ready.fighting) forget();
      // Where the place is lost meanwhile this takes a new one; what is refused is over, which the page shows.
      else join(wish).catch(() => undefined);
    }),
    signaling.on('quick_match_status', (told) => (told.state === 'waiting' ? show(told) : forget())),
    signaling.on('match_request_accepted', forget),
  ];

  return {
    join,
    async leave() {
      forget();
      await signaling.send('leave_quick_match', { playerId: playerId ?? '' });
    },
    forget,
    close() {
      for (const stop of stops) stop();
    },
  };
}

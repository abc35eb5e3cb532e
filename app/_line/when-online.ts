import { SignalingFailure } from '../../client/signaling';
import type { ArcadeState } from './arcade-state';

/** What is watched: the arcade's connection. */
interface Watched {
  state(): ArcadeState;
  subscribe(listener: () => void): () => void;
}

/**
 * Waits until the line is there and it is known whose it is.
 * @throws {SignalingFailure} when that takes too long
 */
export async function whenOnline({ state, subscribe }: Watched, timeoutMs = 10_000): Promise<string> {
  const known = () => (state().line === 'online' ? state().self?.playerId : undefined);
  return new Promise((resolve, reject) => {
    const look = () => {
      const playerId = known();
      if (playerId !== undefined) settle(() => resolve(playerId));
    };
    const stop = subscribe(look);
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(new SignalingFailure({ code: 500, message: 'The arcade did not answer in time.' })),
        ),
      timeoutMs,
    );
    function settle(end: () => void): void {
      stop();
      clearTimeout(timer);
      end();
    }
    look();
  });
}

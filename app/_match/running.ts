import type { ArcadeConnection } from '../_line/arcade-connection';
import type { MatchController } from './match-controller';

interface Running {
  readonly sessionId: string;
  readonly controller: MatchController;
  close(): void;
}

let running: Running | undefined;

/**
 * The player's one match of this tab, which goes on while its page is left: started at the first call, the same at the next. It
 * ends here with the connection's own match: forgotten, replaced by the next, or taken over by another tab.
 */
export function getRunningMatch(
  connection: Pick<ArcadeConnection, 'state' | 'subscribe'>,
  sessionId: string,
  start: () => MatchController,
): MatchController {
  if (running?.sessionId === sessionId) return running.controller;
  running?.close();
  const controller = start();
  const unsubscribe = connection.subscribe(() => {
    if (connection.state().match?.sessionId !== sessionId) entry.close();
  });
  const entry: Running = {
    sessionId,
    controller,
    close() {
      unsubscribe();
      controller.close();
      if (running === entry) running = undefined;
    },
  };
  running = entry;
  return controller;
}

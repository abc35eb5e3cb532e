import type { Config } from '../config';
import { answers } from '../upstream/alive';
import { targetAt } from '../upstream/target';
import type { Parts } from './parts';

type Watched = 'judge' | 'training' | 'exhibitions';

/**
 * Puts services behind gRPC addresses into the health report, ours included: a process that hangs answers nobody,
 * though its port is open. Where fights are judged and where trainings run the arcade can't do without.
 * @param names those that this process uses
 */
export async function watchNeighbours(
  { config, parts }: { readonly config: Config; readonly parts: Parts },
  names: readonly Watched[],
): Promise<void> {
  const neighbours: Record<Watched, { address: string; isOurs: boolean }> = {
    judge: { address: config.matchAddress, isOurs: config.MATCH_GRPC_ADDRESS === undefined },
    training: { address: config.trainingAddress, isOurs: config.TRAINING_GRPC_ADDRESS === undefined },
    exhibitions: { address: config.gameAddress, isOurs: config.GAME_GRPC_ADDRESS === undefined },
  };
  for (const name of names) {
    const { address, isOurs } = neighbours[name];
    // Switched off by configuration is not ill.
    if (isOurs && !config.GRPC_ENABLED) continue;
    await parts.start(name, () => targetAt(address, config.GRPC_USE_TLS), {
      isDispensable: name === 'exhibitions',
      health: async (at, signal) => {
        await answers(at, signal);
        return { status: 'ok' };
      },
    });
  }
}

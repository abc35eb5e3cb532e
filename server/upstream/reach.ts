import { Channel, connectivityState } from '@grpc/grpc-js';
import { CHANNEL_POLICY, channelOptions } from './policy';
import { credentialsOf, type Target, targetKey } from './target';

const asking = new Map<string, Promise<boolean>>();

/**
 * Whether a peer answers a new connection with the first frame of HTTP/2: the host is there and the process runs.
 * It says nothing about the service, which may be busy for minutes and is still alive; a call would have to wait in
 * the same queue as everything else there. Questions about one target at the same time are one.
 */
export function isReachable(target: Target, withinMs: number): Promise<boolean> {
  const key = targetKey(target);
  const known = asking.get(key);
  if (known) return known;
  const answer = connects(target, withinMs).finally(() => asking.delete(key));
  asking.set(key, answer);
  return answer;
}

async function connects(target: Target, withinMs: number): Promise<boolean> {
  const channel = new Channel(target.address, credentialsOf(target), channelOptions(CHANNEL_POLICY));
  const deadline = Date.now() + withinMs;
  try {
    for (let state = channel.getConnectivityState(true); ; state = channel.getConnectivityState(false)) {
      if (state === connectivityState.READY) return true;
      if (state === connectivityState.TRANSIENT_FAILURE || state === connectivityState.SHUTDOWN) return false;
      const isLate = await new Promise<boolean>((resolve) => {
        channel.watchConnectivityState(state, deadline, (error) => resolve(error !== undefined));
      });
      if (isLate) return false;
    }
  } finally {
    channel.close();
  }
}

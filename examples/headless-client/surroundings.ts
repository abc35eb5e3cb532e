import { RTCPeerConnection } from 'node-datachannel/polyfill';
import type { Surroundings } from '../../app/_match/surroundings';

/** The engine wants to be asked about this often. */
const TICK_MS = 4;

/** The library's connection, whose channels lose what they can't send any more instead of throwing. */
class Connection extends RTCPeerConnection {
  override createDataChannel(label: string, options?: RTCDataChannelInit) {
    const channel = super.createDataChannel(label, options);
    const send = channel.send.bind(channel);
    channel.send = (data) => {
      try {
        send(data);
      } catch {
        // The library closes a channel before it says so: lost like what is under way then.
      }
    };
    return channel;
  }
}

/** A program that nobody looks at, with `node-datachannel` in the place of a browser's WebRTC. */
export function programSurroundings(now: () => number): Surroundings {
  return {
    now,
    startTicker(tick) {
      const ticking = setInterval(tick, TICK_MS);
      return () => clearInterval(ticking);
    },
    isHidden: () => false,
    // A program that ends has no last word.
    listen: () => () => undefined,
    connect: (configuration) => new Connection(configuration),
    onNetworkChange: () => () => undefined,
  };
}

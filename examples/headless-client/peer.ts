import { RTCPeerConnection } from 'node-datachannel/polyfill';
import type { MatchLink } from '../../app/_match/match-link';
import type { Transport } from '../../engine/rollback/types';

/** A path to the opponent that opens within this time opens at all. */
const CONNECT_MS = 15_000;

/** Datagrams that wait for the session at most; a peer that floods loses its own packets. */
const MAX_QUEUED = 256;

/** The line to the opponent's program or page: WebRTC, as PEER-1 of docs/CONTRACT.md has it. */
export interface PeerLine {
  /** Resolves with the channel of the engine's packets when both channels are open. */
  readonly opened: Promise<Transport>;
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  close(): void;
}

/** @param isOfferer player 1 makes the offer */
export function openPeer(link: MatchLink['peer'], iceServers: RTCIceServer[], isOfferer: boolean): PeerLine {
  const connection = new RTCPeerConnection({ iceServers });
  const inputs = connection.createDataChannel('inputs', {
    negotiated: true,
    id: 0,
    ordered: false,
    maxRetransmits: 0,
  });
  const history = connection.createDataChannel('history', { negotiated: true, id: 1 });
  inputs.binaryType = 'arraybuffer';
  const early: RTCIceCandidateInit[] = [];
  // One after another: a candidate must not overtake the description that it belongs to.
  let work: Promise<unknown> = Promise.resolve();
  let fail: (why: Error) => void = () => undefined;
  const enqueue = (task: () => Promise<unknown>) => {
    work = work
      .then(task)
      .catch((error: unknown) => fail(new Error(`WebRTC failed: ${String(error)}`, { cause: error })));
  };

  async function applyRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await connection.setRemoteDescription({ type, sdp });
    for (const candidate of early.splice(0)) await addCandidate(candidate);
  }

  async function addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  // A candidate that is of no use here, or can't be delivered, is one path fewer; the others are still tried.
  connection.onicecandidate = ({ candidate }) => {
    if (candidate?.candidate) link.sendCandidate(candidate.toJSON()).catch(() => undefined);
  };
  const opened = new Promise<Transport>((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('No path to the opponent was found in time.')), CONNECT_MS);
    fail = (why) => {
      clearTimeout(timer);
      reject(why);
    };
    for (const channel of [inputs, history])
      channel.addEventListener('open', () => {
        if (inputs.readyState !== 'open' || history.readyState !== 'open') return;
        clearTimeout(timer);
        resolve(transportOver(inputs));
      });
  });
  if (isOfferer)
    enqueue(async () => {
      await connection.setLocalDescription(await connection.createOffer());
      await link.sendOffer(connection.localDescription?.sdp ?? '');
    });

  return {
    opened,
    onOffer: (sdp) =>
      enqueue(async () => {
        await applyRemote('offer', sdp);
        // The library has made its answer by now, and takes no other.
        await connection.setLocalDescription({ type: 'answer' });
        await link.sendAnswer(connection.localDescription?.sdp ?? '');
      }),
    onAnswer: (sdp) => enqueue(() => applyRemote('answer', sdp)),
    onCandidate: (candidate) =>
      enqueue(async () => {
        if (connection.remoteDescription) await addCandidate(candidate);
        else if (early.length < MAX_QUEUED) early.push(candidate);
      }),
    close: () => connection.close(),
  };
}

function transportOver(channel: RTCDataChannel): Transport {
  const queue: Uint8Array[] = [];
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer && queue.length < MAX_QUEUED) queue.push(new Uint8Array(data));
  });
  return {
    send(bytes) {
      if (channel.readyState === 'open') channel.send(bytes.slice());
    },
    receive: () => queue.shift(),
  };
}

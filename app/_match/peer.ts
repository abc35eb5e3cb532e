/** How long the first connection may take before it counts as failed. */
const CONNECT_TIMEOUT_MS = 15_000;

/** A break this short often heals by itself; after it the offerer restarts ICE. */
const RESTART_AFTER_MS = 1_500;

/** Pause between attempts to restart ICE. */
const RESTART_EVERY_MS = 4_000;

/** A connection that has not come back after this is given up. */
const GIVE_UP_MS = 20_000;

/** Candidates kept until the description comes that they belong to. */
const MAX_WAITING_CANDIDATES = 64;

/** Carries descriptions and candidates to the opponent (docs/CONTRACT.md, SIG). */
export interface PeerSignaling {
  sendOffer(sdp: string): Promise<void>;
  sendAnswer(sdp: string): Promise<void>;
  sendCandidate(candidate: RTCIceCandidateInit): Promise<void>;
}

export type PeerState = 'connecting' | 'open' | 'interrupted' | 'failed' | 'closed';

export interface PeerOptions {
  /** Makes the first offer, and every restart. */
  readonly offerer: boolean;
  readonly iceServers: RTCIceServer[];
  readonly signaling: PeerSignaling;
  onState(state: PeerState, reason?: string): void;
}

/** One WebRTC connection: an unreliable, unordered channel for the inputs, and a reliable one for what must arrive whole. */
export interface Peer {
  readonly inputs: RTCDataChannel;
  readonly history: RTCDataChannel;
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  close(): void;
}

/** Connects to the opponent; `onState` tells how it goes. */
export function connectPeer(options: PeerOptions): Peer {
  const { offerer, signaling } = options;
  const connection = new RTCPeerConnection({ iceServers: options.iceServers });
  // Inputs are resent until acked, so a lost packet must not hold up the ones behind it. Negotiated: both sides
  // open channel 0 by themselves, which saves a round trip and any confusion about which channel is the game's.
  const inputs = connection.createDataChannel('inputs', {
    negotiated: true,
    id: 0,
    ordered: false,
    maxRetransmits: 0,
  });
  const history = connection.createDataChannel('history', { negotiated: true, id: 1 });
  history.binaryType = 'arraybuffer';
  let state: PeerState = 'connecting';
  let brokenSinceMs: number | undefined;
  let restartedAtMs = 0;
  const waiting: RTCIceCandidateInit[] = [];
  // Descriptions are applied one after another: an answer must not overtake the offer that it answers.
  let work: Promise<void> = Promise.resolve();

  function become(next: PeerState, reason?: string): void {
    if (state === next || state === 'closed' || state === 'failed') return;
    state = next;
    options.onState(next, reason);
  }

  function enqueue(task: () => Promise<void>): void {
    work = work.then(task).catch((error: unknown) => {
      if (connection.signalingState !== 'closed') become('failed', String(error));
    });
  }

  let isOffered = false;
  async function offer(iceRestart: boolean): Promise<void> {
    await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
    await signaling.sendOffer(connection.localDescription?.sdp ?? '');
    isOffered = true;
  }

  async function applyRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await connection.setRemoteDescription({ type, sdp });
    for (const candidate of waiting.splice(0)) await addCandidate(candidate);
  }

  /** A candidate that the browser can't use is one path fewer; the others are still tried. */
  async function addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  connection.addEventListener('icecandidate', ({ candidate }) => {
    // One that can't be delivered is one path fewer, too.
    if (candidate?.candidate) signaling.sendCandidate(candidate.toJSON()).catch(() => undefined);
  });
  for (const channel of [inputs, history]) {
    channel.addEventListener('open', () => {
      if (inputs.readyState === 'open' && history.readyState === 'open') become('open');
    });
    channel.addEventListener('close', () => become('failed', 'The data channel was closed.'));
  }

  const startedAtMs = performance.now();
  const watch = setInterval(() => {
    const nowMs = performance.now();
    if (state === 'connecting' && nowMs - startedAtMs > CONNECT_TIMEOUT_MS) {
      become('failed', 'No path to the opponent was found in time.');
    }
    const isUp = connection.connectionState === 'connected';
    if (isUp && state === 'interrupted') become('open');
    if (isUp || (state !== 'open' && state !== 'interrupted')) {
      brokenSinceMs = undefined;
      return;
    }
    brokenSinceMs ??= nowMs;
    const brokenMs = nowMs - brokenSinceMs;
    if (brokenMs < RESTART_AFTER_MS) return;
    become('interrupted');
    if (brokenMs > GIVE_UP_MS) become('failed', 'The connection to the opponent did not come back.');
    else if (offerer && nowMs - restartedAtMs > RESTART_EVERY_MS) {
      restartedAtMs = nowMs;
      enqueue(() => offer(true));
    }
  }, 250);

  if (offerer) enqueue(() => offer(false));

  return {
    inputs,
    history,
    onOffer: (sdp) =>
      enqueue(async () => {
        if (offerer) return;
        await applyRemote('offer', sdp);
        await connection.setLocalDescription();
        await signaling.sendAnswer(connection.localDescription?.sdp ?? '');
      }),
    onAnswer(sdp) {
      // The server takes our offer before anybody answers it: an answer that is here sooner is to another page of ours.
      if (!isOffered) return;
      enqueue(async () => {
        if (connection.signalingState === 'have-local-offer') await applyRemote('answer', sdp);
      });
    },
    onCandidate: (candidate) =>
      enqueue(async () => {
        if (connection.remoteDescription) await addCandidate(candidate);
        else if (waiting.length < MAX_WAITING_CANDIDATES) waiting.push(candidate);
      }),
    close() {
      become('closed');
      clearInterval(watch);
      inputs.close();
      history.close();
      connection.close();
    },
  };
}

import type { PeerConnection, Surroundings } from './surroundings';

/** A break this short often heals by itself; after it the offerer restarts ICE. */
const RESTART_AFTER_MS = 1_500;

/** Pause between attempts to restart ICE. */
const RESTART_EVERY_MS = 4_000;

/** A connection that has not come back after this is given up. */
const GIVE_UP_MS = 20_000;

/** Candidates of one connection that are looked at, and sent; a browser has some ten. */
const MAX_CANDIDATES = 64;

/** Longest candidate that is looked at. */
const MAX_CANDIDATE_CHARS = 1_024;

/** Carries descriptions and candidates to the opponent (docs/CONTRACT.md, SIG). */
export interface PeerSignaling {
  sendOffer(sdp: string): Promise<void>;
  sendAnswer(sdp: string): Promise<void>;
  sendCandidate(candidate: RTCIceCandidateInit): Promise<void>;
}

export type PeerState = 'connecting' | 'open' | 'interrupted' | 'failed' | 'closed';

export interface PeerOptions {
  /** Makes the first offer. */
  readonly offerer: boolean;
  /** Gives way where both make an offer at once. */
  readonly isPolite: boolean;
  /** Through a TURN server only. */
  readonly isRelayOnly: boolean;
  readonly iceServers: RTCIceServer[];
  readonly signaling: PeerSignaling;
  readonly surroundings: Pick<Surroundings, 'now' | 'connect' | 'onNetworkChange'>;
  onState(state: PeerState, reason?: string): void;
}

/** One WebRTC connection: an unreliable, unordered channel for the inputs, and a reliable one for what must arrive whole. */
export interface Peer {
  readonly inputs: RTCDataChannel;
  readonly history: RTCDataChannel;
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  /** Whether the way that is used goes through a TURN server. */
  isThroughTurn(): Promise<boolean>;
  close(): void;
}

/** Connects to the opponent; `onState` tells how it goes. */
export function connectPeer(options: PeerOptions): Peer {
  const { offerer, signaling, surroundings } = options;
  const connection = surroundings.connect({
    iceServers: options.iceServers,
    iceTransportPolicy: options.isRelayOnly ? 'relay' : 'all',
  });
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
  let heardCandidates = 0;
  let sentCandidates = 0;
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
    sentCandidates = 0;
    await connection.setLocalDescription(await connection.createOffer({ iceRestart }));
    await signaling.sendOffer(connection.localDescription?.sdp ?? '');
    isOffered = true;
  }

  async function applyRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    // An offer of our own that is under way is taken back by this (perfect negotiation, W3C WebRTC 10.7).
    await connection.setRemoteDescription({ type, sdp });
    heardCandidates = waiting.length;
    for (const candidate of waiting.splice(0)) await addCandidate(candidate);
  }

  /** A candidate that the browser can't use is one path fewer; the others are still tried. */
  async function addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  connection.addEventListener('icecandidate', ({ candidate }) => {
    // One that can't be delivered is one path fewer, too.
    if (!candidate?.candidate || sentCandidates >= MAX_CANDIDATES) return;
    sentCandidates += 1;
    signaling.sendCandidate(candidate.toJSON()).catch(() => undefined);
  });
  for (const channel of [inputs, history]) {
    channel.addEventListener('open', () => {
      if (inputs.readyState === 'open' && history.readyState === 'open') become('open');
    });
    channel.addEventListener('close', () => become('failed', 'The data channel was closed.'));
  }

  /** Looks for another way at once: the browser's network has changed. */
  function restart(): void {
    if (state !== 'open' && state !== 'interrupted') return;
    restartedAtMs = surroundings.now();
    enqueue(() => offer(true));
  }
  const stopListening = surroundings.onNetworkChange(restart);

  const watch = setInterval(() => {
    const nowMs = surroundings.now();
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
    else if (nowMs - restartedAtMs > RESTART_EVERY_MS) restart();
  }, 250);

  if (offerer) enqueue(() => offer(false));

  return {
    inputs,
    history,
    onOffer: (sdp) =>
      enqueue(async () => {
        // Both offered at once: one of the two gives way.
        if (connection.signalingState === 'have-local-offer' && !options.isPolite) return;
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
        heardCandidates += 1;
        if (heardCandidates > MAX_CANDIDATES || (candidate.candidate?.length ?? 0) > MAX_CANDIDATE_CHARS)
          return;
        if (connection.remoteDescription) await addCandidate(candidate);
        else waiting.push(candidate);
      }),
    isThroughTurn: () => isThroughTurn(connection),
    close() {
      become('closed');
      clearInterval(watch);
      stopListening();
      inputs.close();
      history.close();
      connection.close();
    },
  };
}

async function isThroughTurn(connection: PeerConnection): Promise<boolean> {
  const stats = [...(await connection.getStats()).values()];
  const used = stats.find(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
  );
  const ids = [used?.localCandidateId, used?.remoteCandidateId];
  return stats.some(({ id, candidateType }) => ids.includes(id) && candidateType === 'relay');
}

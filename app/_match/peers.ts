import { connectPeer, type Peer, type PeerOptions, type PeerSignaling, type PeerState } from './peer';

export interface PeersOptions {
  /** Whether this page makes the first offer: player 1 at the start, whoever comes back into a fight. */
  readonly offerer: boolean;
  /** Gives way where both make an offer at once: player 2. */
  readonly isPolite: boolean;
  readonly iceServers: RTCIceServer[];
  /** From the first connection on: the opponent is to learn no address. */
  readonly isRelayOnly: boolean;
  readonly signaling: PeerSignaling;
  readonly surroundings: PeerOptions['surroundings'];
  /** Of the newest connection alone. */
  onState(state: PeerState, peer: Peer, reason?: string): void;
}

/** The connection to the opponent's page, made anew when that page is another than before, or another way is tried. */
export interface Peers {
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  /** Offers afresh: what was said before may have been said to a page that is gone. */
  restart(): void;
  /** The opponent's page came back: an offer that nobody has answered went to the one before. */
  offerAgain(): void;
  /** Tries TURN servers alone from now on; who has made the offer makes a new one. */
  relayOnly(): void;
  close(): void;
}

export function createPeers(options: PeersOptions): Peers {
  let remoteId: string | undefined;
  let { isRelayOnly } = options;
  /** Our offer of this connection has no answer yet. */
  let isOffering = options.offerer;
  let peer = open(options.offerer);

  function open(offerer: boolean): Peer {
    const opened: Peer = connectPeer({
      offerer,
      isRelayOnly,
      isPolite: options.isPolite,
      iceServers: options.iceServers,
      signaling: options.signaling,
      surroundings: options.surroundings,
      onState(state, reason) {
        if (opened === peer) options.onState(state, opened, reason);
      },
    });
    return opened;
  }

  function replace(offerer: boolean): void {
    const old = peer;
    isOffering = offerer;
    remoteId = undefined;
    peer = open(offerer);
    old.close();
  }

  return {
    onOffer(sdp) {
      const id = connectionIdOf(sdp);
      if (isOffering) {
        // Two pages that both came anew, or both tried another way: one of them gives way.
        if (!options.isPolite) return;
        replace(false);
      } else if (remoteId !== undefined && id !== remoteId) {
        // Another connection than the one that answered or offered before: the opponent's page was loaded again.
        replace(false);
      }
      remoteId = id;
      peer.onOffer(sdp);
    },
    onAnswer(sdp) {
      isOffering = false;
      remoteId = connectionIdOf(sdp);
      peer.onAnswer(sdp);
    },
    onCandidate: (candidate) => peer.onCandidate(candidate),
    restart: () => replace(true),
    offerAgain() {
      if (isOffering) replace(true);
    },
    relayOnly() {
      if (isRelayOnly) return;
      isRelayOnly = true;
      if (options.offerer) replace(true);
    },
    close: () => peer.close(),
  };
}

/** What a description's `o=` line calls its connection: the same for every description of one, restarts of ICE included (RFC 8829, 5.2.1). */
export function connectionIdOf(sdp: string): string {
  return /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
}

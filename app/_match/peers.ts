import { connectPeer, type Peer, type PeerSignaling, type PeerState } from './peer';

export interface PeersOptions {
  /** Whether this page makes the first offer: player 1 at the start, whoever comes back into a fight. */
  readonly offerer: boolean;
  readonly iceServers: RTCIceServer[];
  readonly signaling: PeerSignaling;
  /** Of the newest connection alone. */
  onState(state: PeerState, peer: Peer, reason?: string): void;
}

/** The connection to the opponent's page, made anew when that page is another than before. */
export interface Peers {
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  /** Offers afresh: what was said before may have been said to a page that is gone. */
  restart(): void;
  close(): void;
}

export function createPeers(options: PeersOptions): Peers {
  let remoteId: string | undefined;
  let peer = open(options.offerer);

  function open(offerer: boolean): Peer {
    const opened: Peer = connectPeer({
      offerer,
      iceServers: options.iceServers,
      signaling: options.signaling,
      onState(state, reason) {
        if (opened === peer) options.onState(state, opened, reason);
      },
    });
    return opened;
  }

  function replace(offerer: boolean): void {
    const old = peer;
    peer = open(offerer);
    old.close();
  }

  return {
    onOffer(sdp) {
      const id = connectionIdOf(sdp);
      // Another connection than the one that answered or offered before: the opponent's page was loaded again.
      if (remoteId !== undefined && id !== remoteId) replace(false);
      remoteId = id;
      peer.onOffer(sdp);
    },
    onAnswer(sdp) {
      remoteId = connectionIdOf(sdp);
      peer.onAnswer(sdp);
    },
    onCandidate: (candidate) => peer.onCandidate(candidate),
    restart() {
      remoteId = undefined;
      replace(true);
    },
    close: () => peer.close(),
  };
}

/** What a description's `o=` line calls its connection: the same for every description of one, restarts of ICE included (RFC 8829, 5.2.1). */
export function connectionIdOf(sdp: string): string {
  return /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
}

import { startTicker } from './ticking';

/** What happens to the page that a fight runs in. */
export interface PageListener {
  onVisibility(): void;
  /** It goes, and can say a last word. */
  onPageHide(): void;
}

/** What is used of WebRTC's. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addEventListener'
  | 'addIceCandidate'
  | 'close'
  | 'connectionState'
  | 'createDataChannel'
  | 'createOffer'
  | 'getStats'
  | 'localDescription'
  | 'remoteDescription'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'signalingState'
>;

/** What a fight needs of the program that it runs in: a page, or a program without one. */
export interface Surroundings {
  /** Milliseconds. */
  now(): number;
  /** Calls `tick` every few milliseconds. @returns the way to stop. */
  startTicker(tick: () => void): () => void;
  /** Whether nobody can see the fight. */
  isHidden(): boolean;
  /** @returns the way to stop. */
  listen(listener: PageListener): () => void;
  connect(configuration: RTCConfiguration): PeerConnection;
  /** Calls back when the machine may be on another network. @returns the way to stop. */
  onNetworkChange(onChange: () => void): () => void;
}

export const PAGE: Surroundings = {
  now: () => performance.now(),
  startTicker,
  isHidden: () => document.hidden,
  listen({ onVisibility, onPageHide }) {
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', onPageHide);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', onPageHide);
    };
  },
  connect: (configuration) => new RTCPeerConnection(configuration),
  onNetworkChange(onChange) {
    const targets: EventTarget[] = [window];
    // Not in every browser.
    if (
      typeof navigator === 'object' &&
      'connection' in navigator &&
      navigator.connection instanceof EventTarget
    )
      targets.push(navigator.connection);
    for (const target of targets) target.addEventListener(target === window ? 'online' : 'change', onChange);
    return () => {
      for (const target of targets)
        target.removeEventListener(target === window ? 'online' : 'change', onChange);
    };
  },
};

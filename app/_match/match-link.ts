import type { ServerPayloads } from '../../proto/signaling';
import type { Mailbox } from '../_line/mailbox';
import { type Signaling, SignalingFailure } from '../_line/signaling';
import type { FeedReply } from './judge-feed';
import type { PeerSignaling } from './peer';

/** The judge's verdict on a match, or why there was none. */
export type MatchVerdict = Pick<ServerPayloads['match_ended'], 'winner' | 'reason' | 'frames' | 'checksum'>;

export interface MatchLinkOptions {
  readonly signaling: Signaling;
  readonly mailbox: Mailbox;
  readonly sessionId: string;
  readonly playerId: string;
  readonly opponentId: string;
  /** `resumed`: said again because our line to the server came back. */
  onStarted(resumed: boolean): void;
  onVerdict(verdict: MatchVerdict): void;
}

/** One match's line to the server: everything that is said about it, in the words of spec 004. */
export interface MatchLink {
  readonly peer: PeerSignaling;
  /** @throws {SignalingFailure} when the server won't have it. */
  connected(): Promise<void>;
  failed(reason: string): Promise<void>;
  /** Gives the match up. */
  left(): Promise<void>;
  sendInputs(fromFrame: number, inputs: Uint8Array): Promise<FeedReply>;
  reportEnd(frames: number, checksum: number): Promise<void>;
  close(): void;
}

export function createMatchLink(options: MatchLinkOptions): MatchLink {
  const { signaling, mailbox, sessionId, playerId, opponentId } = options;
  const address = { senderId: playerId, receiverId: opponentId, sessionId };
  let handlers: Parameters<PeerSignaling['listen']>[0] | undefined;
  let stop: () => void = () => undefined;

  return {
    peer: {
      sendOffer: async (sdp) => void (await signaling.send('send_sdp_offer', { ...address, sdp })),
      sendAnswer: async (sdp) => void (await signaling.send('send_sdp_answer', { ...address, sdp })),
      sendCandidate: async ({ candidate = '', sdpMid, sdpMLineIndex, usernameFragment }) =>
        void (await signaling.send('send_ice_candidate', {
          ...address,
          candidate: {
            candidate,
            sdpMid: sdpMid ?? null,
            sdpMLineIndex: sdpMLineIndex ?? null,
            usernameFragment: usernameFragment ?? null,
          },
        })),
      listen(peerHandlers) {
        handlers = peerHandlers;
        stop = mailbox.listen(sessionId, (message) => {
          if (message.event === 'sdp_offer_received') handlers?.onOffer(message.payload.sdp);
          else if (message.event === 'sdp_answer_received') handlers?.onAnswer(message.payload.sdp);
          else if (message.event === 'ice_candidate_received')
            handlers?.onCandidate(toInit(message.payload.candidate));
          else if (message.event === 'match_started') options.onStarted(message.payload.resumed);
          else options.onVerdict(message.payload);
        });
        return () => {
          handlers = undefined;
        };
      },
    },
    connected: async () => void (await signaling.send('peer_connected', { playerId, sessionId })),
    failed: async (reason) =>
      void (await signaling.send('peer_failed', { playerId, sessionId, reason: reason.slice(0, 200) })),
    left: async () => void (await signaling.send('leave_match', { playerId, sessionId })),
    async sendInputs(fromFrame, inputs) {
      try {
        // Copied, because a line that is down sends later and the judge feed's log goes on growing.
        const reply = await signaling.send('match_inputs', { sessionId, fromFrame, inputs: inputs.slice() });
        return { nextFrame: reply.nextFrame };
      } catch (error) {
        const isFinal = error instanceof SignalingFailure && [403, 404, 409].includes(error.code);
        return isFinal ? 'gone' : 'retry';
      }
    },
    reportEnd: async (frames, checksum) =>
      void (await signaling.send('match_ended', { sessionId, frames, checksum })),
    close: () => stop(),
  };
}

/** An absent field, not an undefined one, is what the browser expects. */
function toInit(candidate: ServerPayloads['ice_candidate_received']['candidate']): RTCIceCandidateInit {
  return {
    candidate: candidate.candidate,
    sdpMid: candidate.sdpMid ?? null,
    sdpMLineIndex: candidate.sdpMLineIndex ?? null,
    usernameFragment: candidate.usernameFragment ?? null,
  };
}

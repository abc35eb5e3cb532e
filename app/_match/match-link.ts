import { type Signaling, SignalingFailure } from '../../client/signaling';
import type { ServerPayloads } from '../../proto/signaling';
import type { Mailbox, MatchMessage } from '../_line/mailbox';
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
}

/** What the server says about one match. */
export interface MatchNews {
  onOffer(sdp: string): void;
  onAnswer(sdp: string): void;
  onCandidate(candidate: RTCIceCandidateInit): void;
  /** Also said again when our line to the server came back: then with what is on of a pause. */
  onStarted(payload: ServerPayloads['match_started']): void;
  onPauseProposed(): void;
  onPaused(payload: ServerPayloads['match_paused']): void;
  onResumed(payload: ServerPayloads['match_resumed']): void;
  /** The opponent's line went, with the time until which they may come back (Unix ms), or came back (undefined). */
  onOpponentAway(until: number | undefined): void;
  onVerdict(verdict: MatchVerdict): void;
}

/** One match's line to the server: everything that is said about it, in the words of docs/CONTRACT.md. */
export interface MatchLink {
  readonly peer: PeerSignaling;
  /** Delivers what has come so far, then what comes, until `close`. Once. */
  listen(news: MatchNews): void;
  /** @throws {SignalingFailure} when the server won't have it. */
  connected(): Promise<void>;
  failed(reason: string): Promise<void>;
  /** Gives the match up. */
  left(): Promise<void>;
  /** Asks for a pause, or agrees to the one that the opponent asked for. @throws {SignalingFailure} */
  pause(): Promise<void>;
  resume(): Promise<void>;
  sendInputs(fromFrame: number, inputs: Uint8Array): Promise<FeedReply>;
  reportEnd(frames: number, checksum: number): Promise<void>;
  close(): void;
}

export function createMatchLink(options: MatchLinkOptions): MatchLink {
  const { signaling, mailbox, sessionId, playerId, opponentId } = options;
  const address = { senderId: playerId, receiverId: opponentId, sessionId };
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
    },
    listen(news) {
      stop = mailbox.listen(sessionId, (message) => deliver(message, news));
    },
    connected: async () => void (await signaling.send('peer_connected', { playerId, sessionId })),
    failed: async (reason) =>
      void (await signaling.send('peer_failed', { playerId, sessionId, reason: reason.slice(0, 200) })),
    left: async () => void (await signaling.send('leave_match', { playerId, sessionId })),
    pause: async () => void (await signaling.send('pause_match', { playerId, sessionId })),
    resume: async () => void (await signaling.send('resume_match', { playerId, sessionId })),
    async sendInputs(fromFrame, inputs) {
      try {
        // Copied, because a line that is down sends later and the judge feed's log goes on growing.
        const reply = await signaling.send('match_inputs', { sessionId, fromFrame, inputs: inputs.slice() });
        return { nextFrame: reply.nextFrame };
      } catch (error) {
        return error instanceof SignalingFailure && isFinal(error) ? 'gone' : 'retry';
      }
    },
    reportEnd: async (frames, checksum) =>
      void (await signaling.send('match_ended', { sessionId, frames, checksum })),
    close: () => stop(),
  };
}

function deliver(message: MatchMessage, news: MatchNews): void {
  const { event, payload } = message;
  if (event === 'sdp_offer_received') news.onOffer(payload.sdp);
  else if (event === 'sdp_answer_received') news.onAnswer(payload.sdp);
  else if (event === 'ice_candidate_received') news.onCandidate(toInit(payload.candidate));
  else if (event === 'match_started') news.onStarted(payload);
  else if (event === 'pause_proposed') news.onPauseProposed();
  else if (event === 'match_paused') news.onPaused(payload);
  else if (event === 'match_resumed') news.onResumed(payload);
  else if (event === 'opponent_status') news.onOpponentAway(payload.online ? undefined : payload.until);
  else news.onVerdict(payload);
}

/** Whether the match takes no more inputs. A page that only looks on is refused, too, but the match goes on without it. */
function isFinal({ code, isOnlooker }: SignalingFailure): boolean {
  return code === 403 || code === 404 || (code === 409 && !isOnlooker);
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

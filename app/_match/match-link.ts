import { type Signaling, SignalingFailure } from '../../client/signaling';
import type { Route } from '../../proto/sessions';
import type { ClientPayload } from '../../proto/signaling';
import type { ServerPayloads } from '../../proto/signaling-payloads';
import type { Mailbox, MatchMessage } from '../_line/mailbox';
import type { InputSignature } from './input-signing';
import type { FeedReply } from './judge-feed';
import type { PeerSignaling } from './peer';

/** The judge's verdict on a match, or why there was none. */
export type MatchVerdict = Pick<
  ServerPayloads['match_ended'],
  'winner' | 'reason' | 'frames' | 'checksum' | 'cause'
>;

export interface MatchLinkOptions {
  readonly signaling: Signaling;
  readonly mailbox: Mailbox;
  readonly sessionId: string;
  readonly playerId: string;
  readonly opponentId: string;
  /** The way that was expected. */
  readonly predicted?: Route | undefined;
}

/** What the server says of the relay of last resort and of signed inputs; a client may do without (PEER-6, PEER-9). */
export interface RelayNews {
  onOpponentKey(inputKey: string): void;
  onRelayOpened(payload: ServerPayloads['relay_opened']): void;
  onRelayClosed(): void;
  onRelayData(data: Uint8Array): void;
  onOpponentInputs(fromFrame: number, inputs: Uint8Array): void;
}

/** What the server says about one match. */
export interface MatchNews extends Partial<RelayNews> {
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
  connected(way?: { readonly inputKey?: string | undefined; readonly route?: Route }): Promise<void>;
  failed(reason: string): Promise<void>;
  /** Gives the match up. */
  left(): Promise<void>;
  /** Asks for a pause, or agrees to the one that the opponent asked for. @throws {SignalingFailure} */
  pause(): Promise<void>;
  resume(): Promise<void>;
  sendInputs(fromFrame: number, inputs: Uint8Array, signed?: InputSignature): Promise<FeedReply>;
  /** Tells this player's own column. */
  sendOwn(fromFrame: number, inputs: Uint8Array): Promise<FeedReply>;
  /** Hands the opponent a datagram through the server, if the line can take it. */
  relay(data: Uint8Array): void;
  /** What both have told of the fight that is on. @throws {SignalingFailure} */
  history(): Promise<readonly [Uint8Array, Uint8Array]>;
  reportEnd(frames: number, checksum: number): Promise<void>;
  close(): void;
}

export function createMatchLink(options: MatchLinkOptions): MatchLink {
  const { signaling, mailbox, sessionId, playerId, opponentId, predicted } = options;
  const address = { senderId: playerId, receiverId: opponentId, sessionId };
  let stop: () => void = () => undefined;

  async function tell<E extends 'match_inputs' | 'own_inputs'>(
    event: E,
    payload: ClientPayload<E>,
  ): Promise<FeedReply> {
    try {
      const { nextFrame } = await signaling.send(event, payload);
      return { nextFrame };
    } catch (error) {
      return error instanceof SignalingFailure && isFinal(error) ? 'gone' : 'retry';
    }
  }

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
    async connected({ inputKey, route } = {}) {
      const key = inputKey === undefined ? {} : { inputKey };
      const way = route === undefined ? {} : { route };
      const expected = predicted === undefined ? {} : { predicted };
      await signaling.send('peer_connected', { playerId, sessionId, ...key, ...way, ...expected });
    },
    failed: async (reason) =>
      void (await signaling.send('peer_failed', { playerId, sessionId, reason: reason.slice(0, 200) })),
    left: async () => void (await signaling.send('leave_match', { playerId, sessionId })),
    pause: async () => void (await signaling.send('pause_match', { playerId, sessionId })),
    resume: async () => void (await signaling.send('resume_match', { playerId, sessionId })),
    sendInputs: (fromFrame, inputs, opponentSignature) =>
      // Copied, because a line that is down sends later and the judge feed's log goes on growing.
      tell('match_inputs', {
        ...{ sessionId, fromFrame, inputs: inputs.slice() },
        ...(opponentSignature ? { opponentSignature } : {}),
      }),
    sendOwn: (fromFrame, inputs) => tell('own_inputs', { sessionId, fromFrame, inputs: inputs.slice() }),
    relay: (data) => signaling.sendVolatile('relay_data', { sessionId, data }),
    history: async () => (await signaling.send('match_history', { playerId, sessionId })).columns,
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
  else if (event === 'match_ended') news.onVerdict(payload);
  else deliverRelayed(message, news);
}

function deliverRelayed({ event, payload }: MatchMessage, news: MatchNews): void {
  if (event === 'opponent_key') news.onOpponentKey?.(payload.inputKey);
  else if (event === 'relay_opened') news.onRelayOpened?.(payload);
  else if (event === 'relay_closed') news.onRelayClosed?.();
  else if (event === 'relay_data') news.onRelayData?.(payload.data);
  else if (event === 'opponent_inputs') news.onOpponentInputs?.(payload.fromFrame, payload.inputs);
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

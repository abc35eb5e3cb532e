import type { ClientPayload } from '@/proto/signaling';
import { REQUEST_EXPIRY_MS } from '@/proto/signaling-limits';
import type { LineStats, LobbyPlayer } from '@/proto/signaling-payloads';
import { createLobby } from '../../client/lobby';
import { createQuickMatch, type QuickMatch } from '../../client/quick-match';
import { createSignaling, type Signaling, type SignalingOptions } from '../../client/signaling';
import {
  type ArcadeState,
  afterAccepted,
  afterCancelled,
  afterDeclined,
  afterEnded,
  afterLineLost,
  afterReplaced,
  afterStarted,
  INITIAL_ARCADE_STATE,
  type IncomingRequest,
} from './arcade-state';
import { createMailbox, type Mailbox } from './mailbox';
import { requestSignalToken } from './signal-token';
import { createStore } from './store';
import { tabId } from './tab-id';
import { whenOnline } from './when-online';

/** A challenge for several fights: a new set, or the fight that it goes on after. */
export type SetWish = Pick<ClientPayload<'request_match'>, 'firstTo' | 'follows'>;

/** One browser session's line to the arcade: it outlives the pages, so a match survives leaving the lobby. */
export interface ArcadeConnection {
  readonly signaling: Signaling;
  /** Keeps a match's messages until its page listens. */
  readonly mailbox: Mailbox;
  state(): ArcadeState;
  subscribe(listener: () => void): () => void;
  /** Stays in the lobby from now on, also after the line came back. */
  joinLobby(): void;
  /** @throws {SignalingFailure} like the three below. */
  challenge(
    target: Pick<LobbyPlayer, 'playerId' | 'playerName'>,
    characterId: number,
    set?: SetWish,
  ): Promise<void>;
  cancelChallenge(): Promise<void>;
  accept(request: IncomingRequest, characterId: number): Promise<void>;
  decline(request: IncomingRequest): Promise<void>;
  /** The wish to fight whoever is near. */
  readonly quickMatch: Pick<QuickMatch, 'join' | 'leave'>;
  /**
   * Fights who has made the link with this code, once the line is there.
   * @returns the session's id
   * @throws {SignalingFailure}
   */
  acceptInvite(code: string, characterId: number): Promise<string>;
  /** Brings the fight that goes on in another tab here; that one is told and leaves it. */
  continueHere(): void;
  /** Forgets a match that is over when the player leaves its page. One that goes on stays. */
  leaveMatch(sessionId: string): void;
  /**
   * Says who is logged in as far as the pages know. A line that was refused for want of a log-in tries again; one that is
   * somebody else's becomes theirs, and nothing of the other person stays.
   */
  follow(playerId: string): void;
  /** How the line does, as the server counts it. @throws {SignalingFailure} */
  lineStats(): Promise<LineStats>;
  /** Makes this page the one in the arcade again after another took over, or after a fight in another. */
  useHere(): void;
  close(): void;
}

/** Opens a line; `open` is createSignaling everywhere but in tests. */
export function createArcadeConnection(
  open: (onState: NonNullable<SignalingOptions['onState']>) => Signaling,
): ArcadeConnection {
  const store = createStore(INITIAL_ARCADE_STATE);
  let isAsking = false;
  let wantsFight = false;
  const update = (change: (state: ArcadeState) => ArcadeState) => store.set(change(store.get()));
  const patch = (fields: Partial<ArcadeState>) => update((state) => ({ ...state, ...fields }));

  const signaling = open((line, cause) => {
    if (line !== 'online') update(afterLineLost);
    if (line === 'replaced') update(afterReplaced);
    if (line === 'replaced' || line === 'refused') quickMatch.forget();
    patch({ line, lineMessage: cause?.message });
  });
  const mailbox = createMailbox(signaling);

  function selfId(): string {
    return store.get().self?.playerId ?? '';
  }

  function takeOver(sessionId: string): void {
    // Where it is refused the fight is over, which the server has said.
    signaling.send('take_over', { playerId: selfId(), sessionId }).catch(() => undefined);
  }

  const stops = [
    signaling.on('ready', ({ playerId, playerName, iceServers, fighting }) => {
      patch({
        self: { playerId, playerName },
        iceServers,
        fightingElsewhere: fighting ? { ...fighting, isOver: false } : null,
      });
      if (wantsFight && fighting) takeOver(fighting.sessionId);
      wantsFight = false;
    }),
    signaling.on('match_request_received', (request) =>
      update((state) => ({
        ...state,
        incoming: [...state.incoming.filter((other) => other.sessionId !== request.sessionId), request],
      })),
    ),
    signaling.on('match_request_accepted', (payload) =>
      update((state) => afterAccepted(state, payload, isAsking)),
    ),
    signaling.on('match_request_declined', (payload) => update((state) => afterDeclined(state, payload))),
    signaling.on('match_request_cancelled', (payload) => update((state) => afterCancelled(state, payload))),
    signaling.on('match_ended', ({ sessionId }) => update((state) => afterEnded(state, sessionId))),
    signaling.on('match_started', (payload) => update((state) => afterStarted(state, payload))),
  ];

  // After the listeners above: who is there is known before who else is.
  const lobby = createLobby(signaling, (players) => patch({ players }));
  const quickMatch = createQuickMatch(signaling, (wait) => patch({ quickMatch: wait }));

  return {
    signaling,
    mailbox,
    state: store.get,
    subscribe: store.subscribe,
    quickMatch,
    joinLobby: lobby.join,
    async challenge({ playerId: targetId, playerName: targetName }, characterId, set = {}) {
      patch({ outcome: null });
      isAsking = true;
      const { sessionId } = await signaling
        .send('request_match', { requesterId: selfId(), targetId, characterId, ...set })
        .finally(() => {
          isAsking = false;
        });
      // A quick answer may have overtaken the ack.
      if (store.get().match?.sessionId === sessionId) return;
      const expiresAt = Date.now() + REQUEST_EXPIRY_MS;
      patch({ outgoing: { sessionId, targetId, targetName, expiresAt } });
    },
    async cancelChallenge() {
      const { outgoing } = store.get();
      if (!outgoing) return;
      const { targetId, sessionId } = outgoing;
      await signaling.send('cancel_match_request', { requesterId: selfId(), targetId, sessionId });
      patch({ outgoing: null });
    },
    async accept({ requesterId, requesterName, sessionId }, characterId) {
      const { config } = await signaling.send('accept_match', {
        accepterId: selfId(),
        requesterId,
        sessionId,
        characterId,
      });
      patch({
        incoming: [],
        outgoing: null,
        match: {
          sessionId,
          opponentId: requesterId,
          opponentName: requesterName,
          config,
          origin: 'agreed',
          isOver: false,
        },
      });
    },
    async decline({ requesterId, sessionId }) {
      await signaling.send('decline_match', { declinerId: selfId(), requesterId, sessionId });
      update((state) => ({
        ...state,
        incoming: state.incoming.filter((request) => request.sessionId !== sessionId),
      }));
    },
    async acceptInvite(code, characterId) {
      if (store.get().line === 'refused') signaling.reopen();
      const playerId = await whenOnline({ state: store.get, subscribe: store.subscribe });
      const { sessionId } = await signaling.send('join_invite', { playerId, code, characterId });
      return sessionId;
    },
    leaveMatch(sessionId) {
      const { match } = store.get();
      if (match?.sessionId === sessionId && match.isOver) patch({ match: null });
    },
    continueHere() {
      const { line, fightingElsewhere } = store.get();
      if (line === 'replaced') {
        wantsFight = true;
        signaling.reopen();
      } else if (fightingElsewhere) takeOver(fightingElsewhere.sessionId);
    },
    follow(playerId) {
      const { self, line } = store.get();
      if (self && self.playerId !== playerId) {
        store.set(INITIAL_ARCADE_STATE);
        signaling.reopen();
      } else if (line === 'refused') signaling.reopen();
    },
    lineStats: () => signaling.send('line_stats', { playerId: selfId() }),
    useHere() {
      const { line, fightingElsewhere } = store.get();
      if (line === 'replaced' || fightingElsewhere?.isOver) signaling.reopen();
    },
    close() {
      for (const stop of stops) stop();
      lobby.close();
      quickMatch.close();
      mailbox.close();
      signaling.close();
    },
  };
}

let shared: ArcadeConnection | undefined;

/** The one connection of this browser session, opened at the first call. Browser only. */
export function getArcadeConnection(): ArcadeConnection {
  shared ??= createArcadeConnection((onState) => {
    // A signaling server elsewhere doesn't get our cookie: it takes a token instead.
    const url = document.documentElement.dataset.signalingUrl;
    const clientId = tabId();
    return createSignaling(
      url ? { url, getToken: requestSignalToken, clientId, onState } : { clientId, onState },
    );
  });
  return shared;
}

import type { Route } from '../../proto/sessions';
import type { MatchLink, MatchNews } from './match-link';
import type { Peer } from './peer';
import { createPeers } from './peers';
import { createRelayPipe, type Newcomer, type RelayPipe } from './relay-pipe';
import { offersTurn, type SearchNews, startSearch, step } from './stages';
import type { Surroundings } from './surroundings';

/** How often time is looked at, and the opponent called through the server. */
const LOOK_EVERY_MS = 250;

export interface RoadOptions {
  readonly link: Pick<MatchLink, 'peer' | 'relay'>;
  readonly iceServers: RTCIceServer[];
  readonly playerIndex: 1 | 2;
  /** This page comes into a fight that is on: it makes the offer, and the server opens its own way. */
  readonly isResumed: boolean;
  /** The opponent is to learn no address of this browser. */
  readonly isRelayOnly: boolean;
  readonly surroundings: Surroundings;
  /** The way that is tried now. */
  onTrying(route: Route): void;
  /** A connection between the two browsers is open: the first, or one to another page of the opponent. */
  onPeer(peer: Peer, route: Route): void;
  /** There is no other way than through the server, and the opponent is there. */
  onServer(): void;
  /** No way at all, or in a fight none but what the server may open. */
  onNone(): void;
  onSignature(message: Uint8Array): void;
  onNewcomer(newcomer: Newcomer): void;
}

/** The ways to the opponent, tried one after the other: PEER-10. */
export interface Road {
  readonly news: Pick<MatchNews, 'onOffer' | 'onAnswer' | 'onCandidate'> & {
    onRelayData(data: Uint8Array): void;
  };
  readonly pipe: RelayPipe;
  /** The fight is on: nothing more is tried, the connection is only mended. */
  settle(): void;
  /** The opponent's page came back. */
  onOpponentBack(isOn: boolean): void;
  close(): void;
}

export function createRoad(options: RoadOptions): Road {
  const { link, iceServers, playerIndex, isResumed, isRelayOnly, surroundings } = options;
  const hasTurn = offersTurn(iceServers);
  const firstDetour = hasTurn || isResumed ? 'turn' : 'server';
  let search = startSearch(surroundings.now(), isRelayOnly ? firstDetour : 'direct');
  let isSettled = false;
  let known: Peer | undefined;

  const pipe = createRelayPipe({
    send: link.relay,
    onHeard: () => news({ kind: 'relayed', nowMs: surroundings.now() }),
    onSignature: options.onSignature,
    onNewcomer: options.onNewcomer,
  });
  const peers = createPeers({
    // Whoever comes back makes the offer: the other page doesn't know of the new one before.
    offerer: playerIndex === 1 || isResumed,
    isPolite: playerIndex === 2,
    iceServers,
    isRelayOnly,
    signaling: link.peer,
    surroundings,
    onState(state, opened) {
      if (state === 'open' && known !== opened) void meet(opened);
    },
  });

  async function meet(opened: Peer): Promise<void> {
    known = opened;
    // A browser that can't tell has found some way.
    const isThroughTurn = search.stage === 'turn' || (await opened.isThroughTurn().catch(() => false));
    if (known !== opened || (search.stage === 'server' && search.isFound)) return;
    news({ kind: 'open' });
    options.onPeer(opened, isThroughTurn ? 'turn' : 'direct');
  }

  function news(said: SearchNews): void {
    if (isSettled || (isResumed && said.kind === 'relayed')) return;
    const before = search;
    search = step(search, said, hasTurn);
    if (search.stage === before.stage && search.isFound === before.isFound) return;
    const { stage, isFound } = search;
    // In a fight the server's way is opened by the server.
    if (stage === 'failed' || (stage === 'server' && isResumed)) {
      isSettled = true;
      options.onNone();
      return;
    }
    if (stage !== before.stage) options.onTrying(stage);
    if (stage === 'turn' && !isFound) peers.relayOnly();
    if (stage === 'server' && isFound) {
      peers.close();
      pipe.probe();
      options.onServer();
    }
  }

  if (search.stage !== 'direct' && search.stage !== 'failed') options.onTrying(search.stage);
  const timer = setInterval(() => {
    if (isSettled) return;
    news({ kind: 'time', nowMs: surroundings.now() });
    // Until the fight is on: what says that we are there may be lost.
    if (search.stage === 'server') pipe.probe();
  }, LOOK_EVERY_MS);

  return {
    news: {
      onOffer: peers.onOffer,
      onAnswer: peers.onAnswer,
      onCandidate: peers.onCandidate,
      onRelayData: pipe.hear,
    },
    pipe,
    settle() {
      isSettled = true;
    },
    onOpponentBack(isOn) {
      // What ours offered went to the page before.
      if (!isOn && playerIndex === 1 && search.stage !== 'server') peers.restart();
      else if (isOn) peers.offerAgain();
    },
    close() {
      clearInterval(timer);
      peers.close();
    },
  };
}

import type { Route } from '../../proto/sessions';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import type { ServerPayloads } from '../../proto/signaling-payloads';
import { type ChannelTransport, channelTransport } from './channel';
import type { Fighting } from './fighting';
import { createHistoryReader, isCredible, readNewcomer, sendHistory, sendNewcomer } from './handover';
import type { InputSigner } from './input-signing';
import type { MatchLink, MatchNews, RelayNews } from './match-link';
import type { OpponentColumn } from './opponent-column';
import type { Peer } from './peer';
import { createRoad } from './road';
import { type Columns, createServerWay, sharedFrames } from './server-way';
import type { Surroundings } from './surroundings';
import { columnOf, rowsOf, type Vouching } from './vouching';

/** A session that hears nobody: all it knows of the opponent comes from the server. */
const DEAF = { send: () => undefined, receive: () => undefined };

export interface MatchCourseOptions {
  readonly link: MatchLink;
  readonly fighting: Fighting;
  readonly vouching: Vouching;
  readonly signer: InputSigner;
  readonly iceServers: RTCIceServer[];
  readonly playerIndex: 1 | 2;
  readonly isResumed: boolean;
  readonly isRelayOnly: boolean;
  readonly surroundings: Surroundings;
  readonly later: (task: () => void, delayMs: number) => () => void;
  isOn(): boolean;
  isClosed(): boolean;
  isRunning(): boolean;
  onRoute(route: Route): void;
  /** A page is another than before, so the fight goes on where it was. */
  onResuming(): void;
  /** A host was begun. */
  onBegun(): void;
  onRules(reason: string): void;
  onNoPath(reason: string): void;
  /** In a fight: the two can't reach each other, and the server may open its way. */
  onLost(reason: string): void;
}

/** How a match gets from one way between the two pages to the next, and the fight with it. */
export interface MatchCourse {
  readonly news: Pick<MatchNews, 'onOffer' | 'onAnswer' | 'onCandidate'> & RelayNews;
  readonly isThroughServer: boolean;
  onStarted(payload: ServerPayloads['match_started']): void;
  onOpponentBack(): void;
  /** The opponent's session does not fit ours. @returns whether the fight goes on without it. */
  goOnAlone(): boolean;
  sendSignature(message: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export function createMatchCourse(options: MatchCourseOptions): MatchCourse {
  const { link, fighting, vouching, playerIndex, isResumed, later } = options;
  let peer: Peer | undefined;
  let transport: ChannelTransport | undefined;
  /** What was fought before this page came is in the feed. */
  let isCaughtUp = !isResumed;
  let columns: Columns | undefined;
  let theirBase: number | undefined;
  let isDeaf = false;

  const road = createRoad({
    ...{ link, iceServers: options.iceServers, playerIndex, isResumed, isRelayOnly: options.isRelayOnly },
    surroundings: options.surroundings,
    onTrying: options.onRoute,
    onPeer: meet,
    onServer() {
      peer = undefined;
      options.onRoute('server');
      connected('server');
    },
    onNone: () => (isResumed ? options.onLost('no_path') : options.onNoPath('No way was found.')),
    onSignature: vouching.take,
    onNewcomer: (newcomer) => serverWay.onNewcomer(newcomer),
  });
  const serverWay = createServerWay({
    ...{ link, fighting, pipe: road.pipe, playerIndex, later },
    begin(opponent) {
      isCaughtUp = true;
      options.onRoute('server');
      begin(opponent);
    },
    isRunning: options.isRunning,
  });
  if (isResumed) void catchUp();

  function connected(route: Route): void {
    options.signer.publicKey
      .then((inputKey) => link.connected({ inputKey, route }))
      .catch((error: unknown) => {
        if (!fighting.host() && !isResumed) options.onNoPath(String(error));
      });
  }

  /** The channels to a page of the opponent are open: the first one, or one that knows nothing of the fight. */
  function meet(opened: Peer, route: Route): void {
    if (serverWay.isOpen) return;
    const isAnother = peer !== undefined && isCaughtUp;
    peer = opened;
    transport?.close();
    transport = channelTransport(opened.inputs);
    options.onRoute(route);
    connected(route);
    const read = createHistoryReader();
    opened.history.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (peer !== opened || !(data instanceof ArrayBuffer)) return;
      if (isCaughtUp) vouching.take(new Uint8Array(data));
      else hearHistory(data, read);
    });
    if (isAnother) {
      // Before the first frame there is nothing to bring, which the other page has to know as well.
      fighting.stop();
      sendHistory(opened.history, fighting.feed.log());
      options.onResuming();
    } else if (!isCaughtUp && columns) sendNewcomer(opened.history, sharedFrames(columns));
    begin();
  }

  /** What the server knows of the fight that this page comes into. */
  async function catchUp(): Promise<void> {
    columns = await serverWay.columns();
    if (options.isClosed()) return;
    fighting.own.adopt(columns[playerIndex - 1] ?? new Uint8Array(0));
    if (peer && !isCaughtUp) sendNewcomer(peer.history, sharedFrames(columns));
    beginAmongNewcomers();
  }

  function hearHistory(message: ArrayBuffer, read: ReturnType<typeof createHistoryReader>): void {
    const base = readNewcomer(message);
    if (base !== undefined) {
      theirBase = base;
      beginAmongNewcomers();
      return;
    }
    const brought = read(message);
    if (brought) believe(brought);
  }

  /** Takes what the opponent's page brings for the fight that was on, if the server's word allows it. */
  function believe(brought: Uint8Array): void {
    if (options.isClosed() || isCaughtUp || serverWay.isOpen) return;
    if (!columns) later(() => believe(brought), 100);
    else if (isCredible(brought, columns, playerIndex)) goOnAfter(brought);
    else options.onLost('The opponent brought another fight than the one that was on.');
  }

  /** PEER-13: both pages are new, so both take what the server has of both. */
  function beginAmongNewcomers(): void {
    if (!columns || theirBase === undefined || isCaughtUp || serverWay.isOpen) return;
    const base = Math.min(theirBase, sharedFrames(columns));
    goOnAfter(rowsOf(columns, base));
  }

  function goOnAfter(log: Uint8Array): void {
    fighting.feed.restart(log);
    fighting.own.put(0, columnOf(log, playerIndex, log.length / INPUT_BYTES_PER_FRAME));
    isCaughtUp = true;
    begin();
  }

  /** The fight begins when there is a way, the server has said so to both, and what was fought before is here. */
  function begin(opponent?: OpponentColumn): void {
    if (!options.isOn() || options.isClosed() || !isCaughtUp) return;
    const way = opponent ? road.pipe.transport : transport;
    if (!way || (!opponent && fighting.host())) return;
    try {
      fighting.begin({ transport: isDeaf ? DEAF : way, opponent });
    } catch (error) {
      options.onRules(String(error));
      return;
    }
    options.onBegun();
  }

  return {
    news: {
      ...road.news,
      onOpponentKey: vouching.trust,
      onRelayOpened: ({ base }) => void serverWay.goOn(base),
      // The two go on as they are: what they have is a way.
      onRelayClosed: () => undefined,
      onOpponentInputs: serverWay.onOpponentInputs,
    },
    get isThroughServer() {
      return serverWay.isOpen;
    },
    onStarted({ opponentInputKey, relay, resumed, route }) {
      if (route !== undefined && !relay && !serverWay.isOpen) options.onRoute(route);
      if (opponentInputKey !== undefined) vouching.trust(opponentInputKey);
      if (!isResumed) road.settle();
      fighting.feed.wake();
      fighting.own.wake();
      if (!relay || serverWay.isOpen) {
        begin();
        return;
      }
      if (resumed && isResumed) void serverWay.comeBack();
      else if (relay.base === 0 && !fighting.host()) serverWay.start();
      else void serverWay.goOn(relay.base);
    },
    onOpponentBack: () => road.onOpponentBack(options.isOn()),
    goOnAlone() {
      if (!serverWay.isOpen || isDeaf) return false;
      isDeaf = true;
      void serverWay.goOn(fighting.feed.length);
      return true;
    },
    sendSignature(message) {
      if (serverWay.isOpen) road.pipe.sendSignature(message);
      else if (peer?.history.readyState === 'open') peer.history.send(message);
    },
    close() {
      transport?.close();
      road.close();
    },
  };
}

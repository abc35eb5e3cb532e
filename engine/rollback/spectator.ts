import { ByteReader } from './bytes';
import { decodeRuns } from './input-codec';
import { InputQueue, NO_FRAME } from './input-queue';
import {
  createHelloPacket,
  createPacketWriter,
  HEADER_BYTES,
  HELLO_KEY,
  isSealed,
  MAX_PACKET_BYTES,
  PacketType,
  PROTOCOL_VERSION,
  readHello,
  seal,
} from './packet';
import {
  createRowsPacket,
  createWatchPacket,
  NEEDS_STATE,
  readRowsHeader,
  writeWatch,
} from './spectate-packets';
import { StateReceiver } from './state-receiver';
import { Timeline } from './timeline';
import type { Game, Transport } from './types';

const WATCH_EVERY_MS = 50;
const DRAIN_LIMIT = 256;
const HISTORY_FRAMES = 4096;

/** What a spectator is made from. */
export interface SpectatorOptions {
  readonly game: Game;
  readonly playerCount: number;
  readonly transport: Transport;
  /** The same number as the players'. */
  readonly digest: number;
  /** A number of the viewer's own, not 0. */
  readonly nonce: number;
  /** Frames kept in hand against jitter. Default 6. */
  readonly bufferFrames?: number;
}

/** What happened on the way. */
export type SpectatorEvent =
  /** The picture starts, or starts again after too long a gap, with the state from before `frame`. */
  | { readonly type: 'joined'; readonly frame: number }
  | { readonly type: 'incompatible'; readonly reason: string };

/** Watches a match from any frame on, with nothing but confirmed inputs: it never rolls back. */
export interface Spectator {
  /** The next frame to simulate. */
  readonly frame: number;
  /** The last frame that can be simulated. */
  readonly knownFrame: number;
  /** Where the match is, as last heard. */
  readonly matchFrame: number;
  readonly phase: 'joining' | 'watching' | 'ended';
  /** Drains the transport and tells the sender what is missing. */
  poll(nowMs: number): void;
  /** Simulates one frame. @returns false when none is known, or the reserve is still filling. */
  advance(): boolean;
  /** How many further frames to simulate at once to come near the match: 0, or up to 8. */
  catchUpFrames(): number;
  takeEvent(): SpectatorEvent | undefined;
}

/** Starts to watch. @throws RangeError for a nonce of 0. */
export function createSpectator(options: SpectatorOptions): Spectator {
  if (options.nonce >>> 0 === 0) throw new RangeError('a spectator needs a nonce that is not 0');
  return new SpectatorSession(options);
}

class SpectatorSession implements Spectator {
  readonly #options: SpectatorOptions;
  phase: 'joining' | 'watching' | 'ended' = 'joining';
  matchFrame = -1;
  readonly #queue: InputQueue;
  readonly #timeline: Timeline;
  readonly #writer = createPacketWriter();
  readonly #reader = new ByteReader();
  readonly #watch = createWatchPacket();
  readonly #rows;
  readonly #plain: Uint8Array;
  readonly #receiver: StateReceiver;
  readonly #events: SpectatorEvent[] = [];
  readonly #key: number;
  readonly #bufferFrames: number;
  #nextWatchMs = Number.NEGATIVE_INFINITY;
  #isFilling = true;

  constructor(options: SpectatorOptions) {
    this.#options = options;
    const { game, playerCount } = options;
    this.#key = options.nonce >>> 0;
    this.#bufferFrames = options.bufferFrames ?? 6;
    this.#queue = new InputQueue(playerCount, game.inputBytes, HISTORY_FRAMES, undefined);
    this.#timeline = new Timeline(game, this.#queue, {
      reachFrames: 0,
      checksumIntervalFrames: 60,
      sparseSaving: true,
    });
    this.#rows = createRowsPacket(playerCount);
    this.#plain = new Uint8Array(255 * this.#queue.rowBytes);
    this.#receiver = new StateReceiver(game.state.length, this.#writer, () => this.#transmit());
    const { inputBytes } = game;
    Object.assign(this.#watch, { nonce: this.#key, digest: options.digest >>> 0, playerCount, inputBytes });
    this.#receiver.want();
  }

  get frame(): number {
    return this.#timeline.frame;
  }

  get knownFrame(): number {
    return this.phase === 'watching' ? (this.#queue.lastKnown[0] ?? -1) : -1;
  }

  poll(nowMs: number): void {
    for (let i = 0; i < DRAIN_LIMIT && this.phase !== 'ended'; i++) {
      const bytes = this.#options.transport.receive();
      if (bytes === undefined) break;
      if (bytes.length >= HEADER_BYTES && bytes.length <= MAX_PACKET_BYTES) this.#accept(bytes);
    }
    if (this.phase === 'ended') return;
    if (this.#receiver.state !== undefined) this.#join(this.#receiver.state);
    if (nowMs >= this.#nextWatchMs) {
      this.#nextWatchMs = nowMs + WATCH_EVERY_MS;
      this.#watch.nextFrame = this.phase === 'watching' ? this.knownFrame + 1 : NEEDS_STATE;
      writeWatch(this.#writer, this.#watch);
      seal(this.#writer.bytes, this.#writer.length, HELLO_KEY);
      this.#transmit();
    }
    this.#receiver.poll(nowMs, this.#key);
  }

  advance(): boolean {
    if (this.phase !== 'watching') return false;
    const inHand = this.knownFrame + 1 - this.frame;
    if (inHand === 0) this.#isFilling = true;
    else if (inHand >= this.#bufferFrames || this.knownFrame >= this.matchFrame) this.#isFilling = false;
    if (inHand === 0 || this.#isFilling) return false;
    this.#timeline.settle(this.knownFrame);
    this.#timeline.step();
    return true;
  }

  catchUpFrames(): number {
    const inHand = this.knownFrame + 1 - this.frame;
    return inHand <= 2 * this.#bufferFrames ? 0 : Math.min(8, inHand - this.#bufferFrames);
  }

  takeEvent(): SpectatorEvent | undefined {
    return this.#events.shift();
  }

  #transmit(): void {
    this.#options.transport.send(this.#writer.written());
  }

  #join(state: Uint8Array): void {
    const { frame, checksum } = this.#receiver;
    this.#timeline.frame = frame;
    const isGood = this.#timeline.import(frame, state, checksum);
    this.#receiver.settle();
    if (!isGood) {
      this.#receiver.want();
      return;
    }
    this.#queue.restart(frame);
    this.phase = 'watching';
    this.#isFilling = true;
    this.#events.push({ type: 'joined', frame });
  }

  #accept(bytes: Uint8Array): void {
    const type = bytes[0];
    this.#reader.open(bytes, HEADER_BYTES);
    if (type === PacketType.hello) {
      if (isSealed(bytes, HELLO_KEY)) this.#acceptRefusal();
    } else if (isSealed(bytes, this.#key)) {
      if (type === PacketType.stateChunk) this.#receiver.accept(this.#reader);
      else if (type === PacketType.rows && this.phase === 'watching') this.#acceptRows();
    }
  }

  #acceptRefusal(): void {
    const hello = createHelloPacket();
    if (!readHello(this.#reader, hello) || (hello.version === PROTOCOL_VERSION && hello.echo !== this.#key))
      return;
    this.phase = 'ended';
    this.#events.push({
      type: 'incompatible',
      reason: 'the match has other rules, another version or other players',
    });
  }

  #acceptRows(): void {
    const queue = this.#queue;
    const rows = this.#rows;
    const reader = this.#reader;
    const plain = this.#plain;
    if (!readRowsHeader(reader, rows)) return;
    const { rowBytes, inputBytes, playerCount } = queue;
    this.matchFrame = Math.max(this.matchFrame, rows.confirmedFrame);
    const next = this.knownFrame + 1;
    const last = rows.firstFrame + rows.count - 1;
    if (rows.count === 0 && rows.firstFrame === next && rows.confirmedFrame >= next) {
      // The sender no longer has our next frame: only a new state helps.
      this.phase = 'joining';
      this.#receiver.want();
      return;
    }
    if (last < next || rows.firstFrame > next || last - this.frame >= HISTORY_FRAMES / 2) return;
    if (!decodeRuns(reader.bytes, rows.payload, rows.count * rowBytes, plain)) return;
    for (let frame = rows.firstFrame; frame <= last; frame++) {
      const at = (frame - rows.firstFrame) * rowBytes;
      for (let b = at === 0 ? rowBytes : 0; b < rowBytes; b++) {
        plain[at + b] = (plain[at + b] ?? 0) ^ (plain[at + b - rowBytes] ?? 0);
      }
      if (frame < next) continue;
      for (let player = 0; player < playerCount; player++)
        queue.put(player, plain, at + player * inputBytes, 0);
    }
    for (let player = 0; player < playerCount; player++)
      queue.noteDeparture(player, rows.goneAfter[player] ?? NO_FRAME);
  }
}

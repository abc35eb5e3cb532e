import { ByteReader } from './bytes';
import { encodeRuns, plainBytesThatFit } from './input-codec';
import { NO_FRAME } from './input-queue';
import {
  createHelloPacket,
  createPacketWriter,
  HEADER_BYTES,
  HELLO_KEY,
  isSealed,
  MAX_PACKET_BYTES,
  PacketType,
  seal,
  writeHello,
} from './packet';
import {
  createRowsPacket,
  createWatchPacket,
  NEEDS_STATE,
  readWatch,
  writeRowsHeader,
} from './spectate-packets';
import { StateSender, type StateSource } from './state-sender';
import type { Transport } from './types';

const RESEND_MS = 50;
const DRAIN_LIMIT = 64;

/** A match that can be shown: a session has this shape, and a judge's simulation can have it. */
export interface BroadcastSource extends StateSource {
  readonly confirmedFrame: number;
  copyConfirmedInputs(fromFrame: number, count: number, out: Uint8Array): number;
  departedAfter(player: number): number | undefined;
}

/** What a broadcast is made from. */
export interface BroadcastOptions {
  readonly source: BroadcastSource;
  readonly transport: Transport;
  readonly playerCount: number;
  readonly inputBytes: number;
  readonly stateBytes: number;
  /** The same number as the session's. */
  readonly digest: number;
}

/** The sending side for one viewer. */
export interface Broadcast {
  /** Answers the viewer and sends what it lacks; call it every frame or two. */
  poll(nowMs: number): void;
  /** The next frame the viewer needs, -1 before it has a state. */
  readonly nextFrame: number;
}

/** Shows a running match to one viewer, from whichever frame it comes in at. */
export function createBroadcast(options: BroadcastOptions): Broadcast {
  const { source, transport, playerCount, inputBytes } = options;
  const rowBytes = playerCount * inputBytes;
  const writer = createPacketWriter();
  const reader = new ByteReader();
  const watch = createWatchPacket();
  const rows = createRowsPacket(playerCount);
  const most = Math.min(255, Math.floor(plainBytesThatFit(MAX_PACKET_BYTES - 64) / rowBytes));
  const plain = new Uint8Array(most * rowBytes);
  const coded = new Uint8Array(most * rowBytes);
  const transmit = () => transport.send(writer.written());
  const sender = new StateSender(source, options.stateBytes, writer, transmit);
  let key = 0;
  let nextFrame = -1;
  let lastSentMs = Number.NEGATIVE_INFINITY;
  let sentUpTo = -1;

  function acceptWatch(bytes: Uint8Array): void {
    reader.open(bytes, HEADER_BYTES);
    if (!isSealed(bytes, HELLO_KEY) || !readWatch(reader, watch)) return;
    const isSame =
      watch.digest === options.digest >>> 0 &&
      watch.playerCount === playerCount &&
      watch.inputBytes === inputBytes;
    if (!isSame) {
      const hello = {
        ...createHelloPacket(),
        nonce: 1,
        echo: watch.nonce,
        digest: options.digest,
        playerCount,
        inputBytes,
      };
      writeHello(writer, hello);
      seal(writer.bytes, writer.length, HELLO_KEY);
      transmit();
      return;
    }
    key = watch.nonce;
    nextFrame = watch.nextFrame === NEEDS_STATE ? -1 : watch.nextFrame;
  }

  function sendRows(nowMs: number): void {
    const { confirmedFrame } = source;
    if (nextFrame < 0 || (confirmedFrame <= sentUpTo && nowMs - lastSentMs < RESEND_MS)) return;
    const copied = source.copyConfirmedInputs(nextFrame, most, plain);
    rows.firstFrame = nextFrame;
    rows.count = copied;
    rows.confirmedFrame = Math.max(confirmedFrame, 0);
    for (let player = 0; player < playerCount; player++)
      rows.goneAfter[player] = source.departedAfter(player) ?? NO_FRAME;
    const length = rows.count * rowBytes;
    // A viewer may not know the row before the first, so only the rows after it are XORed.
    for (let i = 0; i < length; i++)
      coded[i] = (plain[i] ?? 0) ^ (i < rowBytes ? 0 : (plain[i - rowBytes] ?? 0));
    writeRowsHeader(writer, rows);
    writer.length = encodeRuns(coded, length, writer.bytes, writer.length);
    seal(writer.bytes, writer.length, key);
    transmit();
    lastSentMs = nowMs;
    sentUpTo = nextFrame + rows.count - 1;
  }

  return {
    get nextFrame() {
      return nextFrame;
    },
    poll(nowMs) {
      for (let i = 0; i < DRAIN_LIMIT; i++) {
        const bytes = transport.receive();
        if (bytes === undefined) break;
        if (bytes.length < HEADER_BYTES || bytes.length > MAX_PACKET_BYTES) continue;
        if (bytes[0] === PacketType.watch) acceptWatch(bytes);
        else if (bytes[0] === PacketType.stateRequest && key !== 0 && isSealed(bytes, key)) {
          reader.open(bytes, HEADER_BYTES);
          sender.accept(reader, nowMs, key);
        }
      }
      sendRows(nowMs);
    },
  };
}

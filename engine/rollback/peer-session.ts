import { Attendance } from './attendance';
import { ByteReader } from './bytes';
import { Connection, type Peer } from './connection';
import { settledFrame } from './departures';
import { Dispatcher } from './dispatcher';
import { EventQueue } from './event-queue';
import { FRAME_MS } from './frame-rate';
import { InputQueue, NO_FRAME } from './input-queue';
import { LocalInputs, MAX_DELAY_FRAMES } from './local-inputs';
import { countRollback, createMetrics, type SessionMetrics } from './metrics';
import { createInputPacket, createPacketWriter, MAX_PACKET_BYTES } from './packet';
import type { PeerContext } from './peer-context';
import { measure } from './peer-metrics';
import type { AdvanceResult, Session, SessionEvent, SessionOptions, SessionPhase } from './session-types';
import { FramePacer } from './time-sync';
import { Timeline } from './timeline';
import type { Transport } from './types';

/** Without an advance for this long, `poll` corrects wrong guesses itself: the host may have simulated its last frame. */
const IDLE_MS = 30;
/** While stalled every tick sends, but not twice in one. */
const STALLED_SPACING_MS = 13;

/** The peer-to-peer session behind `createSession`. */
export class PeerSession implements Session {
  readonly #options: SessionOptions;
  phase: SessionPhase = 'synchronizing';
  readonly metrics: SessionMetrics = createMetrics();
  readonly #timeline: Timeline;
  readonly #queue: InputQueue;
  readonly #events = new EventQueue();
  readonly #context: PeerContext;
  readonly #connections: readonly Peer[];
  readonly #predictionFrames: number;
  readonly #local: LocalInputs;
  readonly #attendance: Attendance;
  readonly #dispatcher: Dispatcher;
  readonly #pacer = new FramePacer();
  #hasPolled = false;
  #polledMs = 0;
  #lastAdvanceMs = Number.NEGATIVE_INFINITY;
  #isStalled = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { game, playerCount, localPlayers } = options;
    this.#predictionFrames = options.predictionFrames ?? 8;
    this.#queue = new InputQueue(
      playerCount,
      game.inputBytes,
      options.historyFrames ?? 2048,
      options.predictor,
    );
    const gossips = options.remotes.length > 1;
    this.#timeline = new Timeline(game, this.#queue, {
      // With several peers a leaver's last frame may lie before what we know: everybody's limit, one after the other.
      reachFrames: this.#predictionFrames + 1 + (gossips ? this.#predictionFrames + 1 + MAX_DELAY_FRAMES : 0),
      checksumIntervalFrames: options.checksumIntervalFrames ?? 30,
      sparseSaving: options.sparseSaving ?? false,
    });
    this.#context = {
      timeline: this.#timeline,
      queue: this.#queue,
      metrics: this.metrics,
      events: this.#events,
      localPlayers,
      localMask: localPlayers.reduce((mask, player) => mask | (1 << player), 0),
      gossips,
      writer: createPacketWriter(),
      reader: new ByteReader(),
      packet: createInputPacket(playerCount),
      scratch: new Uint8Array(255 * this.#queue.rowBytes + MAX_PACKET_BYTES),
      nowMs: 0,
      elapsedMs: 0,
      isPaused: false,
      isLeaving: false,
    };
    const nonce = options.random === undefined ? 0 : options.random() >>> 0;
    this.#connections = options.remotes.map(
      (peer) => new Connection(this.#context, peer, options.digest >>> 0, nonce),
    );
    this.#local = new LocalInputs(
      this.#context,
      options.inputDelayFrames,
      options.adaptiveDelay,
      options.givenInputs ?? new Uint8Array(0),
    );
    this.#dispatcher = new Dispatcher(this.#context, this.#connections);
    this.#attendance = new Attendance(this.#context, this.#connections, {
      notifyMs: options.notifyMs ?? 500,
      disconnectMs: options.disconnectMs ?? 20_000,
      maxPauseMs: options.maxPauseMs ?? 60_000,
    });
  }

  get frame(): number {
    return this.#timeline.frame;
  }

  get confirmedFrame(): number {
    return this.#timeline.confirmedFrame;
  }

  get sharedFrame(): number {
    let shared = this.confirmedFrame;
    // A peer simulates each frame at the latest with the inputs that it acks, and is in `remoteFrame` itself.
    for (const { sender, remoteFrame } of this.#connections)
      shared = Math.min(shared, sender.ackedFrame, remoteFrame - 1);
    return shared;
  }

  poll(nowMs: number): void {
    const context = this.#context;
    context.elapsedMs = this.#hasPolled ? Math.max(nowMs - this.#polledMs, 0) : 0;
    context.nowMs = nowMs;
    this.#polledMs = nowMs;
    this.#hasPolled = true;
    for (const peer of this.#connections) {
      peer.handshake.chooseNonce(nowMs);
      peer.receive();
    }
    if (this.phase === 'synchronizing') this.#synchronize();
    else if (this.phase === 'running') this.#attendance.watch();
    this.#timeline.settle(settledFrame(this.#queue, this.#connections, this.#context.gossips));
    if (nowMs - this.#lastAdvanceMs > IDLE_MS) this.#reconcile();
    if (this.phase === 'running') this.#compare();
    this.#dispatcher.sendDue(this.phase);
    measure(this.metrics, this.#timeline, this.#connections);
    if (this.phase === 'running') this.#local.adapt();
  }

  advance(nowMs: number, localInputs: Uint8Array): AdvanceResult {
    if (this.phase !== 'running') return this.phase;
    if (this.#attendance.isHeld()) return 'paused';
    this.#context.nowMs = nowMs;
    this.#lastAdvanceMs = nowMs;
    this.metrics.lastRollbackFrames = 0;
    const isLockstep = this.#predictionFrames === 0;
    // In lockstep the others wait for this very input, so it has to go out before the frame can be simulated.
    if (isLockstep) this.#local.give(localInputs);
    if (this.frame > this.#remoteKnownFrame() + this.#predictionFrames) {
      if (!this.#isStalled) this.metrics.stalls += 1;
      this.#isStalled = true;
      this.metrics.stalledTicks += 1;
      this.#reconcile();
      this.#dispatcher.sendFrame(STALLED_SPACING_MS);
      return 'stalled';
    }
    this.#isStalled = false;
    if (!isLockstep) this.#local.give(localInputs);
    this.#dispatcher.sendFrame(0);
    this.#count(this.#timeline.step());
    this.#pacer.update(this.metrics);
    if (this.frame - 1 > this.#queue.knownFrame()) this.metrics.predictedFrames += 1;
    this.#timeline.settle(settledFrame(this.#queue, this.#connections, this.#context.gossips));
    return 'advanced';
  }

  framePeriodScale(): number {
    return this.phase === 'running' ? this.#pacer.scale : 1;
  }

  catchUpFrames(): number {
    if (this.phase !== 'running' || this.#attendance.isHeld()) return 0;
    let behind = 0;
    for (const peer of this.#connections) {
      if (peer.isGone || peer.remoteFrame === 0) continue;
      const sinceMs = Math.min(this.#context.nowMs - peer.remoteFrameMs, 50) + peer.quality.pingMs / 2;
      behind = Math.max(behind, peer.remoteFrame + sinceMs / FRAME_MS - this.frame);
    }
    // Below six frames the stretched frames of the time sync are enough, and nobody sees them.
    return behind < 6 ? 0 : Math.min(4, Math.floor(behind - 3));
  }

  takeEvent(): SessionEvent | undefined {
    return this.#events.take();
  }

  copyConfirmedInputs(fromFrame: number, count: number, out: Uint8Array): number {
    const oldest = this.frame + 2 * MAX_DELAY_FRAMES - this.#queue.historyFrames;
    if (fromFrame < 0 || fromFrame < oldest) return 0;
    return this.#queue.copyRows(fromFrame, Math.min(count, this.confirmedFrame + 1 - fromFrame), out);
  }

  copyGivenInputs(player: number, fromFrame: number, count: number, out: Uint8Array): number {
    const { inputBytes, lastKnown, historyFrames } = this.#queue;
    const last = lastKnown[player] ?? -1;
    if (fromFrame < 0 || fromFrame <= last - historyFrames) return 0;
    const frames = Math.max(0, Math.min(count, last + 1 - fromFrame, Math.floor(out.length / inputBytes)));
    for (let i = 0; i < frames * inputBytes; i++)
      out[i] = this.#queue.byteAt(fromFrame + Math.floor(i / inputBytes), player, i % inputBytes);
    return frames;
  }

  acceptRemoteInputs(player: number, fromFrame: number, inputs: Uint8Array): number {
    const peer = this.#peerOf(player);
    const isFresh = peer.acceptInputs(player, fromFrame, inputs);
    if (isFresh && this.phase === 'synchronizing' && this.#connections.every((one) => one === peer))
      this.#begin();
    return (this.#queue.lastKnown[player] ?? -1) + 1;
  }

  copyConfirmedState(out: Uint8Array): number {
    return this.#timeline.copyConfirmedState(out);
  }

  departedAfter(player: number): number | undefined {
    const frame = this.#queue.goneAfter[player] ?? NO_FRAME;
    return frame === NO_FRAME ? undefined : frame;
  }

  setInputDelay(frames: number, player?: number): void {
    this.#local.setDelay(frames, player);
  }

  inputDelay(player: number): number {
    return this.#local.delayOf(player);
  }

  checksumAt(frame: number): number | undefined {
    return this.#timeline.checksumAt(frame);
  }

  setPaused(paused: boolean): void {
    if (this.#context.isPaused === paused) return;
    this.#context.isPaused = paused;
    this.#dispatcher.isForced = true;
  }

  importState(frame: number, state: Uint8Array, checksum: number): boolean {
    const oldest = this.frame - this.#queue.historyFrames / 2;
    if (frame > this.frame || frame < Math.max(oldest, 0)) return false;
    if (state.length !== this.#options.game.state.length) return false;
    const field = this.#timeline.describeDifference(frame, state);
    if (!this.#timeline.import(frame, state, checksum >>> 0)) return false;
    for (const peer of this.#connections) {
      peer.checksums.reset();
      peer.sender.resetReports();
    }
    this.#events.push({ type: 'recovered', frame, checksum: checksum >>> 0, field });
    return true;
  }

  leave(): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.#dispatcher.endedMs = this.#context.nowMs;
    this.#context.isLeaving = true;
    this.#dispatcher.isForced = true;
  }

  replaceTransport(player: number, transport: Transport): void {
    this.#peerOf(player).replaceTransport(transport);
    this.#dispatcher.isForced = true;
  }

  #peerOf(player: number): Peer {
    const peer = this.#connections.find((candidate) => candidate.players.includes(player));
    if (peer === undefined) throw new RangeError(`player ${player} is not remote`);
    return peer;
  }

  /** The last frame that every present remote player's input is known for. */
  #remoteKnownFrame(): number {
    let known = NO_FRAME;
    for (const peer of this.#connections) if (!peer.isGone) known = Math.min(known, peer.knownFrame);
    return known === NO_FRAME ? NO_FRAME - this.#predictionFrames : known;
  }

  #reconcile(): void {
    this.#count(this.#timeline.reconcile());
  }

  #count(depth: number): void {
    if (depth > 0) countRollback(this.metrics, depth);
  }

  #synchronize(): void {
    const { nowMs } = this.#context;
    let startMs = Number.NEGATIVE_INFINITY;
    for (const peer of this.#connections) {
      if (peer.objection !== undefined) {
        this.#events.push({ type: 'incompatible', player: peer.players[0] ?? 0, reason: peer.objection });
        this.phase = 'ended';
        this.#dispatcher.endedMs = nowMs;
        this.#dispatcher.isRefused = true;
        return;
      }
      if (!peer.handshake.isComplete) return;
      startMs = Math.max(startMs, peer.completedMs + peer.handshake.startDelayMs(peer.quality.pingMs));
    }
    if (nowMs >= startMs) this.#begin();
  }

  #begin(): void {
    this.phase = 'running';
    this.#events.push({ type: 'synchronized' });
    measure(this.metrics, this.#timeline, this.#connections);
    this.#local.begin();
  }

  #compare(): void {
    const authority = this.#queue.goneAfter.indexOf(NO_FRAME);
    for (const peer of this.#connections) {
      if (peer.isGone) continue;
      const differs = peer.checksums.compare(peer.players[0] ?? 0, this.metrics, this.#events);
      const { stateReceiver } = peer;
      if (differs && (this.#options.recoverDesync ?? true) && peer.players.includes(authority))
        stateReceiver.want();
      stateReceiver.poll(this.#context.nowMs, peer.handshake.key);
      const { state } = stateReceiver;
      if (state !== undefined && stateReceiver.frame <= this.frame) {
        this.importState(stateReceiver.frame, state, stateReceiver.checksum);
        stateReceiver.settle();
      }
    }
  }
}

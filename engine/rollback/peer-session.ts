import { Attendance } from './attendance';
import { ByteReader } from './bytes';
import { Connection } from './connection';
import { settledFrame } from './departures';
import { compareChecksums } from './desync';
import { EventQueue } from './event-queue';
import { InputQueue, never } from './input-queue';
import { LocalInputs, maxDelayFrames } from './local-inputs';
import { countRollback, createMetrics, type SessionMetrics } from './metrics';
import { createInputPacket, createPacketWriter, maxPacketBytes } from './packet';
import type { PeerContext } from './peer-context';
import { measure } from './peer-metrics';
import type { AdvanceResult, Session, SessionEvent, SessionOptions, SessionPhase } from './session-types';
import { periodScale } from './time-sync';
import { Timeline } from './timeline';
import type { Transport } from './types';

const frameMs = 1000 / 60;
/** Without an advance for this long, `poll` corrects wrong guesses itself: the host may have simulated its last frame. */
const idleMs = 30;
const resendMs = 50;
const keepaliveMs = 200;
const leaveMs = 1500;
const refuseMs = 3000;

/** The peer-to-peer session behind `createSession`. */
export class PeerSession implements Session {
  phase: SessionPhase = 'synchronizing';
  readonly metrics: SessionMetrics = createMetrics();
  private readonly timeline: Timeline;
  private readonly queue: InputQueue;
  private readonly events = new EventQueue();
  private readonly context: PeerContext;
  private readonly connections: Connection[];
  private readonly predictionFrames: number;
  private readonly local: LocalInputs;
  private readonly attendance: Attendance;
  private nowMs = Number.NaN;
  private lastAdvanceMs = Number.NEGATIVE_INFINITY;
  private endedMs = 0;
  private isRefused = false;
  private isStalled = false;
  private isSendForced = false;

  constructor(private readonly options: SessionOptions) {
    const { game, playerCount, localPlayers } = options;
    this.predictionFrames = options.predictionFrames ?? 8;
    this.queue = new InputQueue(
      playerCount,
      game.inputBytes,
      options.historyFrames ?? 2048,
      options.predictor,
    );
    const gossips = options.remotes.length > 1;
    this.timeline = new Timeline(game, this.queue, {
      // With several peers a leaver's last frame may lie before what we know: everybody's limit, one after the other.
      reachFrames: this.predictionFrames + 1 + (gossips ? this.predictionFrames + 1 + maxDelayFrames : 0),
      checksumIntervalFrames: options.checksumIntervalFrames ?? 30,
      sparseSaving: options.sparseSaving ?? false,
    });
    this.context = {
      timeline: this.timeline,
      queue: this.queue,
      metrics: this.metrics,
      events: this.events,
      localPlayers,
      localMask: localPlayers.reduce((mask, player) => mask | (1 << player), 0),
      gossips,
      writer: createPacketWriter(),
      reader: new ByteReader(),
      packet: createInputPacket(playerCount),
      scratch: new Uint8Array(255 * this.queue.rowBytes + maxPacketBytes),
      isPaused: false,
      isLeaving: false,
    };
    const nonce = options.random === undefined ? 0 : options.random() >>> 0;
    this.connections = options.remotes.map(
      (peer) => new Connection(this.context, peer, options.digest >>> 0, nonce),
    );
    this.local = new LocalInputs(this.context, options.inputDelayFrames, options.adaptiveDelay);
    this.attendance = new Attendance(this.context, this.connections, {
      notifyMs: options.notifyMs ?? 500,
      disconnectMs: options.disconnectMs ?? 20_000,
      maxPauseMs: options.maxPauseMs ?? 60_000,
    });
  }

  get frame(): number {
    return this.timeline.frame;
  }

  get confirmedFrame(): number {
    return this.timeline.confirmedFrame;
  }

  poll(nowMs: number): void {
    const elapsedMs = Number.isNaN(this.nowMs) ? 0 : Math.max(nowMs - this.nowMs, 0);
    this.nowMs = nowMs;
    for (const peer of this.connections) {
      if (peer.handshake.own.nonce === 0) peer.handshake.own.nonce = nonceFrom(nowMs, this.context.localMask);
      peer.receive(nowMs);
    }
    if (this.phase === 'synchronizing') this.synchronize(nowMs);
    else if (this.phase === 'running') this.attendance.watch(elapsedMs);
    this.timeline.settled = settledFrame(this.queue, this.connections, this.context.gossips);
    if (nowMs - this.lastAdvanceMs > idleMs) this.reconcile();
    if (this.phase === 'running') this.compare(nowMs);
    this.send(nowMs);
    measure(this.metrics, this.timeline, this.connections);
    if (this.phase === 'running') this.local.adapt(nowMs);
  }

  advance(nowMs: number, localInputs: Uint8Array): AdvanceResult {
    if (this.phase !== 'running') return this.phase;
    if (this.attendance.isHeld()) return 'paused';
    this.lastAdvanceMs = nowMs;
    this.metrics.lastRollbackFrames = 0;
    this.reconcile();
    const isLockstep = this.predictionFrames === 0;
    // In lockstep the others wait for this very input, so it has to go out before the frame can be simulated.
    if (isLockstep) this.local.give(localInputs);
    if (this.frame > this.remoteKnownFrame() + this.predictionFrames) {
      if (!this.isStalled) this.metrics.stalls += 1;
      this.isStalled = true;
      this.metrics.stalledTicks += 1;
      this.sendInputs(nowMs, frameMs - 3);
      return 'stalled';
    }
    this.isStalled = false;
    if (!isLockstep) this.local.give(localInputs);
    this.sendInputs(nowMs, 0);
    if (this.timeline.step()) this.metrics.predictedFrames += 1;
    this.timeline.settled = settledFrame(this.queue, this.connections, this.context.gossips);
    return 'advanced';
  }

  framePeriodScale(): number {
    return this.phase === 'running' ? periodScale(this.metrics.offsetFrames) : 1;
  }

  catchUpFrames(): number {
    if (this.phase !== 'running' || this.attendance.isHeld()) return 0;
    let behind = 0;
    for (const peer of this.connections) {
      if (peer.isGone || peer.remoteFrame === 0) continue;
      const sinceMs = Math.min(this.nowMs - peer.remoteFrameMs, 50) + peer.quality.pingMs / 2;
      behind = Math.max(behind, peer.remoteFrame + sinceMs / frameMs - this.frame);
    }
    // Below six frames the stretched frames of the time sync are enough, and nobody sees them.
    return behind < 6 ? 0 : Math.min(4, Math.floor(behind - 3));
  }

  takeEvent(): SessionEvent | undefined {
    return this.events.take();
  }

  copyConfirmedInputs(fromFrame: number, count: number, out: Uint8Array): number {
    const oldest = this.frame + 2 * maxDelayFrames - this.queue.historyFrames;
    if (fromFrame < 0 || fromFrame < oldest) return 0;
    return this.queue.copyRows(fromFrame, Math.min(count, this.confirmedFrame + 1 - fromFrame), out);
  }

  copyConfirmedState(out: Uint8Array): number {
    return this.timeline.copyConfirmedState(out);
  }

  departedAfter(player: number): number | undefined {
    const frame = this.queue.goneAfter[player] ?? never;
    return frame === never ? undefined : frame;
  }

  setInputDelay(frames: number, player?: number): void {
    this.local.setDelay(frames, player);
  }

  inputDelay(player: number): number {
    return this.local.delayOf(player);
  }

  checksumAt(frame: number): number | undefined {
    return this.timeline.checksumAt(frame);
  }

  setPaused(paused: boolean): void {
    if (this.context.isPaused === paused) return;
    this.context.isPaused = paused;
    this.isSendForced = true;
  }

  importState(frame: number, state: Uint8Array, checksum: number): boolean {
    const oldest = this.frame - this.queue.historyFrames / 2;
    if (frame > this.frame || frame < Math.max(oldest, 0)) return false;
    if (state.length !== this.options.game.state.length) return false;
    if (!this.timeline.import(frame, state, checksum >>> 0)) return false;
    for (const peer of this.connections) {
      peer.isDesynced = false;
      peer.checkFrames.fill(-1);
      peer.sender.resetReports();
    }
    this.events.push({ type: 'recovered', frame, checksum });
    return true;
  }

  leave(): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.endedMs = this.nowMs;
    this.context.isLeaving = true;
    this.isSendForced = true;
  }

  replaceTransport(player: number, transport: Transport): void {
    const peer = this.connections.find((candidate) => candidate.players.includes(player));
    if (peer === undefined) throw new RangeError(`player ${player} is not remote`);
    peer.replaceTransport(transport);
    this.isSendForced = true;
  }

  /** The last frame that every present remote player's input is known for. */
  private remoteKnownFrame(): number {
    let known = never;
    for (const peer of this.connections) if (!peer.isGone) known = Math.min(known, peer.knownFrame);
    return known === never ? never - this.predictionFrames : known;
  }

  private reconcile(): void {
    const depth = this.timeline.reconcile();
    if (depth > 0) countRollback(this.metrics, depth);
  }

  private synchronize(nowMs: number): void {
    let startMs = Number.NEGATIVE_INFINITY;
    for (const peer of this.connections) {
      if (peer.objection !== undefined) {
        this.events.push({ type: 'incompatible', player: peer.players[0] ?? 0, reason: peer.objection });
        this.phase = 'ended';
        this.endedMs = nowMs;
        this.isRefused = true;
        return;
      }
      if (!peer.handshake.isComplete) return;
      startMs = Math.max(startMs, peer.completedMs + peer.handshake.startDelayMs(peer.quality.pingMs));
    }
    if (nowMs < startMs) return;
    this.phase = 'running';
    this.events.push({ type: 'synchronized' });
    measure(this.metrics, this.timeline, this.connections);
    this.local.begin();
  }

  private compare(nowMs: number): void {
    const authority = this.queue.goneAfter.indexOf(never);
    for (const peer of this.connections) {
      if (peer.isGone) continue;
      const differs = compareChecksums(peer, this.timeline, this.metrics, this.events);
      const { stateReceiver } = peer;
      if (differs && (this.options.recoverDesync ?? true) && peer.players.includes(authority))
        stateReceiver.want();
      stateReceiver.poll(nowMs, peer.handshake.key);
      const { state } = stateReceiver;
      if (state !== undefined && stateReceiver.frame <= this.frame) {
        this.importState(stateReceiver.frame, state, stateReceiver.checksum);
        stateReceiver.settle();
      }
    }
  }

  private send(nowMs: number): void {
    if (this.phase === 'ended' && nowMs - this.endedMs > (this.isRefused ? refuseMs : leaveMs)) return;
    for (const peer of this.connections) {
      if (this.isRefused || !peer.isProven) peer.sendHello(nowMs);
      if (this.isRefused || !peer.handshake.isComplete) continue;
      if (peer.isGone) {
        this.sayGoodbye(peer, nowMs);
        continue;
      }
      const { sender } = peer;
      const waitedMs = nowMs - sender.lastSentMs;
      const isDue =
        waitedMs >= resendMs && (sender.hasUnacked() || sender.isAckDue || this.phase === 'ended');
      if (this.phase !== 'synchronizing' && (isDue || waitedMs >= keepaliveMs || this.isSendForced)) {
        peer.sendInputs(nowMs);
      }
    }
    this.isSendForced = false;
  }

  /** A peer that was dropped and speaks again learns that the match went on without it. */
  private sayGoodbye(peer: Connection, nowMs: number): void {
    if (!peer.hasHeard || nowMs - peer.sender.lastSentMs < keepaliveMs) return;
    peer.hasHeard = false;
    const { isLeaving } = this.context;
    this.context.isLeaving = true;
    peer.sendInputs(nowMs);
    this.context.isLeaving = isLeaving;
  }

  private sendInputs(nowMs: number, spacingMs: number): void {
    for (const peer of this.connections) {
      if (!peer.isGone && nowMs - peer.sender.lastSentMs >= spacingMs) peer.sendInputs(nowMs);
    }
  }
}

/** A number that differs between sessions as far as their clocks do. */
function nonceFrom(nowMs: number, salt: number): number {
  const mixed = Math.imul(Math.floor(nowMs * 1000) ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b) >>> 0;
  return mixed === 0 ? 1 : mixed;
}

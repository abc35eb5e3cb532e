import { FRAME_MS } from '../frame-rate';
import { createSession, type Session, type SessionEvent, type SessionOptions } from '../session';
import { seededFraction, seededRandom } from './random';
import { createToyGame, keepElsewhere, type ToyGame } from './toy-game';
import { type LinkProfile, VirtualNetwork } from './virtual-network';

/** A match of toy games over a virtual network. */
export interface VirtualMatchOptions {
  readonly seed: number;
  /** Players of each peer, for example [[0], [1]]. */
  readonly peers?: readonly (readonly number[])[];
  readonly profile: LinkProfile;
  /** The way from a higher peer to a lower one, when it differs. */
  readonly profileBack?: LinkProfile;
  /** Frames after which every host stops advancing. */
  readonly frames: number;
  readonly inputBytes?: number;
  readonly stateBytes?: number;
  readonly session?: Partial<SessionOptions>;
  /** The games keep their state in an object and use the buffer only to save and load. */
  readonly keepsObjects?: boolean;
  /** When each host begins, ms. */
  readonly startMs?: readonly number[];
  /** How much faster each host's clock runs, for example 0.002. */
  readonly drift?: readonly number[];
  /** Bytes of input that a host's players change in each frame, on average. */
  readonly restlessness?: number;
}

/** One peer's machine: its clock, its loop, and what it saw. */
export interface VirtualHost {
  readonly index: number;
  readonly players: readonly number[];
  readonly game: ToyGame;
  readonly session: Session;
  readonly events: SessionEvent[];
  /** Confirmed rows as a match host would send them to a judge. */
  readonly confirmed: number[];
  /** Virtual times at which this machine does nothing at all. */
  readonly frozen: { fromMs: number; toMs: number }[];
  /** Frames after which it stops advancing; may be moved. */
  lastFrame: number;
  /** It left or crashed: nobody waits for it. */
  isOut: boolean;
  nextMs: number;
  longestHaltMs: number;
  /** When the last frame was simulated. */
  advancedMs: number;
}

/** Runs whole matches in virtual time. */
export class VirtualMatch {
  readonly network: VirtualNetwork;
  readonly hosts: readonly VirtualHost[];
  readonly rowBytes: number;
  /** Called after every step of a host. */
  onStep: (host: VirtualHost) => void = () => {};
  readonly #inputs: (() => number)[];
  readonly #held: Uint8Array[];

  constructor(readonly options: VirtualMatchOptions) {
    const peers = options.peers ?? [[0], [1]];
    const playerCount = peers.flat().length;
    const inputBytes = options.inputBytes ?? 2;
    this.rowBytes = playerCount * inputBytes;
    this.network = new VirtualNetwork(options.seed);
    const ends = peers.map(() => new Map<number, ReturnType<VirtualNetwork['link']>[0]>());
    for (let a = 0; a < peers.length; a++) {
      for (let b = a + 1; b < peers.length; b++) {
        const [near, far] = this.network.link(options.profile, options.profileBack ?? options.profile);
        ends[a]?.set(b, near);
        ends[b]?.set(a, far);
      }
    }
    const nonce = seededRandom(options.seed ^ 0x5bd1e995);
    this.hosts = peers.map((players, index) => {
      const game = createToyGame({ playerCount, inputBytes, stateBytes: options.stateBytes ?? 64 });
      const remotes = [...(ends[index] ?? [])].map(([peer, transport]) => ({
        players: peers[peer] ?? [],
        transport,
      }));
      const session = createSession({
        game: options.keepsObjects ? keepElsewhere(game) : game,
        playerCount,
        localPlayers: players,
        remotes,
        inputDelayFrames: 2,
        digest: 0xabcdef01,
        random: nonce,
        ...options.session,
      });
      return {
        index,
        players,
        game,
        session,
        events: [],
        confirmed: [],
        frozen: [],
        lastFrame: options.frames,
        isOut: false,
        nextMs: options.startMs?.[index] ?? index * 3,
        longestHaltMs: 0,
        advancedMs: Number.NaN,
      };
    });
    this.#inputs = this.hosts.map((host) => seededFraction(options.seed * 31 + host.index));
    this.#held = this.hosts.map((host) => new Uint8Array(host.players.length * inputBytes));
  }

  /** Runs until the virtual time is `ms`. */
  runUntil(ms: number): void {
    for (;;) {
      let next: VirtualHost | undefined;
      for (const host of this.hosts) if (next === undefined || host.nextMs < next.nextMs) next = host;
      if (next === undefined || next.nextMs > ms) break;
      this.network.nowMs = next.nextMs;
      this.#step(next);
    }
    this.network.nowMs = ms;
  }

  /** Runs until all hosts have confirmed their last frame. @throws when that takes longer than `limitMs`. */
  runToEnd(limitMs: number): void {
    for (let ms = this.network.nowMs; ms < limitMs; ms += 100) {
      if (this.hosts.every((host) => host.isOut || host.session.confirmedFrame >= host.lastFrame - 1)) return;
      this.runUntil(ms);
    }
    const states = this.hosts.map(
      ({ session }) => `${session.phase} ${session.frame}/${session.confirmedFrame}`,
    );
    throw new Error(`not over after ${limitMs} ms: ${states.join(', ')}`);
  }

  #step(host: VirtualHost): void {
    const { session } = host;
    const frozen = host.frozen.find((time) => host.nextMs >= time.fromMs && host.nextMs < time.toMs);
    if (frozen !== undefined) {
      host.nextMs = frozen.toMs;
      return;
    }
    const drift = 1 + (this.options.drift?.[host.index] ?? 0);
    const nowMs = this.network.nowMs * drift + host.index * 1e6;
    session.poll(nowMs);
    let period = 15;
    if (session.frame < host.lastFrame) {
      const extra = session.catchUpFrames();
      for (let i = 0; i <= extra && session.frame < host.lastFrame; i++) this.#advance(host, nowMs);
      period = FRAME_MS * session.framePeriodScale();
    }
    for (let event = session.takeEvent(); event !== undefined; event = session.takeEvent())
      host.events.push(event);
    this.#drain(host);
    this.onStep(host);
    host.nextMs += period / drift;
  }

  #advance(host: VirtualHost, nowMs: number): void {
    const result = host.session.advance(nowMs, this.#sample(host));
    if (result !== 'advanced') return;
    const { nowMs: ms } = this.network;
    if (!Number.isNaN(host.advancedMs))
      host.longestHaltMs = Math.max(host.longestHaltMs, ms - host.advancedMs);
    host.advancedMs = ms;
  }

  #sample(host: VirtualHost): Uint8Array {
    const random = this.#inputs[host.index] ?? (() => 0);
    const held = this.#held[host.index] ?? new Uint8Array(0);
    for (let chance = this.options.restlessness ?? 0.15; chance > 0 && random() < chance; chance -= 1) {
      const at = Math.floor(random() * held.length);
      held[at] = Math.floor(random() * 256);
    }
    return held;
  }

  #drain(host: VirtualHost): void {
    const rows = new Uint8Array(this.rowBytes * 64);
    const from = host.confirmed.length / this.rowBytes;
    const copied = host.session.copyConfirmedInputs(from, 64, rows);
    for (let i = 0; i < copied * this.rowBytes; i++) host.confirmed.push(rows[i] ?? 0);
  }
}

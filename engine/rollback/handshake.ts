import { createHelloPacket, HelloFlag, type HelloPacket, PROTOCOL_VERSION } from './packet';

/** Round trips measured before the match starts. */
const ROUND_TRIPS = 4;
const RESEND_MS = 100;

/** What both sides must agree on. */
export interface HandshakeTerms {
  readonly digest: number;
  readonly playerCount: number;
  readonly inputBytes: number;
  /** Bit n: player n is played here, or by the other side. */
  readonly localMask: number;
  readonly remoteMask: number;
}

/**
 * Agreement with one peer. The side with the lowest player calls: it measures some round trips and then declares
 * the handshake complete; the other answers. Either side may start long before the other.
 */
export class Handshake {
  readonly #terms: HandshakeTerms;
  isComplete = false;
  /** Key of the packets between these two sessions, an int32; 0 until the peer was heard. */
  key = 0;
  readonly heard: HelloPacket = createHelloPacket();
  readonly own: HelloPacket = createHelloPacket();
  readonly #isCaller: boolean;
  #rounds = 0;
  #answerDue = false;
  #nextSendMs = Number.NEGATIVE_INFINITY;

  constructor(terms: HandshakeTerms, nonce: number) {
    this.#terms = terms;
    this.#isCaller = (terms.localMask & -terms.localMask) < (terms.remoteMask & -terms.remoteMask);
    this.own.nonce = nonce;
    this.own.digest = terms.digest;
    this.own.playerCount = terms.playerCount;
    this.own.inputBytes = terms.inputBytes;
    this.own.playerMask = terms.localMask;
  }

  /** Makes a nonce from the clock when none was given; the first one stays. */
  chooseNonce(nowMs: number): void {
    if (this.own.nonce === 0) this.own.nonce = nonceFrom(nowMs, this.#terms.localMask);
  }

  /** Why `heard` can't be played with, or undefined when it can. */
  objection(): string | undefined {
    const { heard } = this;
    const terms = this.#terms;
    if (heard.version !== PROTOCOL_VERSION) {
      return `protocol version ${heard.version} there, ${PROTOCOL_VERSION} here`;
    }
    if (heard.digest !== terms.digest) {
      return `game or match configuration ${hex(heard.digest)} there, ${hex(terms.digest)} here`;
    }
    if (heard.playerCount !== terms.playerCount) {
      return `${heard.playerCount} players there, ${terms.playerCount} here`;
    }
    if (heard.inputBytes !== terms.inputBytes) {
      return `${heard.inputBytes} input bytes there, ${terms.inputBytes} here`;
    }
    if (heard.playerMask !== terms.remoteMask) {
      return `players ${list(heard.playerMask)} there, expected ${list(terms.remoteMask)}`;
    }
    return undefined;
  }

  /**
   * Takes `heard`, which has no objection.
   * @returns a round trip in ms, or -1 when this hello measured none.
   */
  take(nowMs: number): number {
    const { heard, own } = this;
    if (heard.nonce !== own.echo) {
      // A complete handshake is bound to one peer session: another one is a stranger.
      if (this.isComplete) return -1;
      own.echo = heard.nonce;
      this.#rounds = 0;
      this.key = sessionKey(own.nonce, heard.nonce, this.#terms.digest);
    }
    const isAnswer = heard.echo === own.nonce;
    let pingMs = -1;
    if (isAnswer && heard.flags & HelloFlag.hasEchoTime) {
      pingMs = (Math.floor(nowMs) - heard.echoTime) & 0xffff;
      if (pingMs > 10_000) pingMs = -1;
      else this.#rounds += 1;
    }
    own.echoTime = heard.time;
    if (this.#isCaller) {
      if (this.#rounds >= ROUND_TRIPS) this.complete();
      this.#answerDue = isAnswer && !this.isComplete;
    } else {
      if (isAnswer && heard.flags & HelloFlag.complete) this.complete();
      this.#answerDue = true;
    }
    return pingMs;
  }

  /** A packet with the session's key proves as much as a hello. */
  complete(): void {
    this.isComplete = true;
    this.own.flags |= HelloFlag.complete;
  }

  /** The caller starts half a round trip later, when its last hello has arrived. */
  startDelayMs(pingMs: number): number {
    return this.#isCaller ? pingMs / 2 : 0;
  }

  /** Whether `own` should go out now. @param isProven whether the peer has shown that it is complete. */
  isSendDue(nowMs: number, isProven: boolean): boolean {
    if (!this.#answerDue && (nowMs < this.#nextSendMs || isProven)) return false;
    // Only an answer at once may be used to measure the round trip.
    if (this.#answerDue) this.own.flags |= HelloFlag.hasEchoTime;
    else this.own.flags &= ~HelloFlag.hasEchoTime;
    this.#answerDue = false;
    this.#nextSendMs = nowMs + (this.isComplete ? RESEND_MS / 2 : RESEND_MS);
    this.own.time = Math.floor(nowMs) & 0xffff;
    return true;
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}

function list(mask: number): string {
  const players: number[] = [];
  for (let player = 0; player < 8; player++) if (mask & (1 << player)) players.push(player);
  return players.join('+');
}

function sessionKey(a: number, b: number, digest: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return Math.imul(low ^ digest, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
}

/** A number that differs between sessions as far as their clocks do. */
function nonceFrom(nowMs: number, salt: number): number {
  const mixed = Math.imul(Math.floor(nowMs * 1000) ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b) >>> 0;
  return mixed === 0 ? 1 : mixed;
}

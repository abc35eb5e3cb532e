import { checksum, engineDigest } from '../../engine/fighter/checksum';
import { isMatchOver } from '../../engine/fighter/outcome';
import { createRollbackGame, type RollbackGame } from '../../engine/fighter/rollback-game';
import { at, Match } from '../../engine/fighter/state';
import { createSession, type Session, type SessionEvent } from '../../engine/rollback/session';
import { InputStatus, type Transport } from '../../engine/rollback/types';
import { COLUMN_BYTES_PER_FRAME, INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { createFrameClock } from './clock';
import type { InputSource } from './devices/input-source';
import { createFrameInput } from './frame-input';
import type { JudgeFeed } from './judge-feed';
import type { OpponentColumn } from './opponent-column';
import type { OwnFeed } from './own-feed';

/** Confirmed frames are brought to the judge this often. */
const FEED_EVERY_FRAMES = 6;

/** The session may add this many frames to the agreed input delay where the line asks for it. */
const EXTRA_DELAY_FRAMES = 2;

/** How long one player's hidden tab may hold the fight up in all: less than the silence the judge allows. */
const MAX_PAUSE_MS = 30_000;

/** At the end the judge is told what the opponent may not have yet, once the opponent had this long to say so. */
const LAST_ACK_MS = 1_000;

/** Inputs made before that are given to a session at once; further ones follow frame by frame. */
const MAX_GIVEN_FRAMES = 512;

/** What the server fixed when the challenge was accepted. */
export interface MatchTerms {
  readonly playerIndex: 1 | 2;
  readonly characters: readonly [number, number];
  /** uint32 */
  readonly seed: number;
  readonly delayFrames: number;
  readonly engineDigest: string;
}

/** How the match ended as this browser computed it. */
export interface MatchEnd {
  /** Inputs consumed. */
  readonly frames: number;
  /** uint32 of the final state. */
  readonly checksum: number;
}

export interface MatchHostOptions {
  readonly terms: MatchTerms;
  readonly transport: Transport;
  readonly device: InputSource;
  /** Empty at the start of a match; with the frames fought so far, the match goes on after them. */
  readonly feed: JudgeFeed;
  /** Told what this player gives, as it is given; what stands in it beyond the feed's frames is given again. */
  readonly own?: OwnFeed;
  /** What the server passes on of the opponent's inputs. Then no hidden tab holds the fight up. */
  readonly opponent?: OpponentColumn;
  readonly random: () => number;
  /** After every simulated frame, rollbacks included in the state: for HUD and sound. */
  onFrame(words: Int32Array): void;
  onEvent(event: SessionEvent): void;
  /** Once, when the final frame is confirmed. */
  onOver(end: MatchEnd): void;
}

/** One running match: simulation and netcode, without a page. Time comes in through `tick`. */
export interface MatchHost {
  /** The state to draw, always the same array. */
  readonly words: Int32Array;
  readonly session: Session;
  /** Runs whatever is due; call it every few milliseconds. */
  tick(nowMs: number): void;
  /** Puts every confirmed frame into the feed, so that another host can go on after them; this one has ended. */
  settle(): void;
  /** Reaches the opponent through a new channel from now on. */
  replaceTransport(transport: Transport): void;
  /** Holds the fight up, for both, while this player can't see it. */
  setPaused(paused: boolean): void;
  /** Stands still from now on, or goes on: both have agreed to a pause. What is pressed meanwhile counts for nothing. */
  hold(isHeld: boolean): void;
  /** Tells the opponent that this player leaves. Go on ticking for a second. */
  leave(): void;
}

/** @throws RangeError when the server's terms name an unknown character or other rules than ours. */
export function createMatchHost(options: MatchHostOptions): MatchHost {
  const { terms, feed, own } = options;
  if (terms.engineDigest !== engineDigest()) {
    throw new RangeError(
      `the server plays rules ${terms.engineDigest}, this page ${engineDigest()}: reload the page`,
    );
  }
  const game = createRollbackGame({ seed: terms.seed, characters: terms.characters });
  const base = replay(game, feed.log());
  const local = terms.playerIndex - 1;
  const session = createSession({
    game,
    playerCount: 2,
    localPlayers: [local],
    remotes: [{ players: [1 - local], transport: options.transport }],
    inputDelayFrames: terms.delayFrames,
    adaptiveDelay: { minFrames: terms.delayFrames, maxFrames: terms.delayFrames + EXTRA_DELAY_FRAMES },
    maxPauseMs: options.opponent ? 0 : MAX_PAUSE_MS,
    givenInputs: own?.from(base).slice(0, MAX_GIVEN_FRAMES * COLUMN_BYTES_PER_FRAME) ?? new Uint8Array(0),
    digest: digestOf(terms, base, base === 0 ? 0 : checksum(game.words)),
    random: options.random,
  });
  const clock = createFrameClock();
  let pressed = createFrameInput(options.device);
  const input = new Uint8Array(2);
  let nowMs = 0;
  let overAtMs: number | undefined;
  let isAlone = false;
  let isHeld = false;
  /** Frames that this player has given to the session. */
  let given = 0;
  const fresh = new Uint8Array(64 * COLUMN_BYTES_PER_FRAME);

  function runFrame(): boolean {
    const mask = own?.at(base + given) ?? pressed.take(nowMs);
    input[0] = mask & 0xff;
    input[1] = mask >> 8;
    const hasRun = session.advance(nowMs, input) === 'advanced';
    pressed.settle(nowMs, hasRun);
    tellOwn();
    if (hasRun) options.onFrame(game.words);
    return hasRun;
  }

  /** Tells what was given; a few frames beyond the last one hurt nobody. */
  function tellOwn(isLast = false): void {
    if (!own) return;
    for (let frames = -1; frames !== 0; given += frames) {
      frames = session.copyGivenInputs(local, given, 64, fresh);
      own.put(base + given, fresh.subarray(0, frames * COLUMN_BYTES_PER_FRAME));
    }
    own.pump(isLast || overAtMs !== undefined);
  }

  /** Gives the session what the server has passed on. */
  function hearOpponent(): void {
    const { opponent } = options;
    if (!opponent || opponent.length <= opponentTaken) return;
    const next = session.acceptRemoteInputs(1 - local, opponentTaken - base, opponent.from(opponentTaken));
    opponentTaken = base + next;
  }
  let opponentTaken = base;

  /** Frames of the match that are confirmed. */
  function confirmedFrames(): number {
    return Math.min(base + session.confirmedFrame + 1, finalFrames());
  }

  function feedJudge(): void {
    const fresh = confirmedFrames() - feed.length;
    if (fresh >= FEED_EVERY_FRAMES || isMatchOver(game.words)) settle();
    const opponentHadTime = overAtMs !== undefined && nowMs - overAtMs > LAST_ACK_MS;
    feed.allow(opponentHadTime ? finalFrames() : base + session.sharedFrame + 1);
    feed.pump();
  }

  function settle(): void {
    const fresh = confirmedFrames() - feed.length;
    if (fresh > 0) feed.commit(session.copyConfirmedInputs(feed.length - base, fresh, feed.tail(fresh)));
  }

  /** Frames the match lasts, as far as the present state knows: the frame counter stands still when it is over. */
  function finalFrames(): number {
    return isMatchOver(game.words) ? at(game.words, Match.FRAME) : Number.POSITIVE_INFINITY;
  }

  function checkOver(): void {
    if (!isMatchOver(game.words) || base + session.confirmedFrame + 1 < finalFrames()) return;
    overAtMs = nowMs;
    options.onOver({ frames: finalFrames(), checksum: checksum(game.words) });
  }

  return {
    words: game.words,
    session,
    tick(atMs) {
      nowMs = atMs;
      hearOpponent();
      session.poll(nowMs);
      if (overAtMs === undefined && !isAlone) {
        if (!isHeld) {
          clock.tick(nowMs, runFrame, () => session.framePeriodScale());
          for (let extra = session.catchUpFrames(); extra > 0 && runFrame(); extra -= 1);
        }
        checkOver();
      }
      feedJudge();
      for (let event = session.takeEvent(); event !== undefined; event = session.takeEvent()) {
        // Frames that nobody else plays are no fight; the opponent may come back to the last one that both have.
        if (event.type === 'disconnected') isAlone = true;
        options.onEvent(event);
      }
    },
    settle() {
      tellOwn(true);
      settle();
    },
    replaceTransport: (transport) => session.replaceTransport(1 - local, transport),
    setPaused: (paused) => session.setPaused(paused),
    hold(next) {
      if (isHeld && !next) {
        // What was pressed meanwhile.
        options.device.mask();
        pressed = createFrameInput(options.device);
      }
      isHeld = next;
    },
    leave: () => session.leave(),
  };
}

/** Plays what was fought so far. @returns how many frames that is. */
function replay(game: RollbackGame, log: Uint8Array): number {
  const present = new Uint8Array(2).fill(InputStatus.confirmed);
  const frames = log.length / INPUT_BYTES_PER_FRAME;
  for (let frame = 0; frame < frames; frame += 1)
    game.advance(log.subarray(frame * INPUT_BYTES_PER_FRAME, (frame + 1) * INPUT_BYTES_PER_FRAME), present);
  return frames;
}

/** uint32 over the rules, the terms and the frame and state to start from, which both sides must share. */
function digestOf(terms: MatchTerms, base: number, state: number): number {
  let digest = Number.parseInt(terms.engineDigest, 16) >>> 0;
  for (const part of [terms.seed, terms.characters[0], terms.characters[1], base, state]) {
    digest = Math.imul(digest ^ part, 0x9e3779b1) >>> 0;
    digest = (digest ^ (digest >>> 15)) >>> 0;
  }
  return digest;
}

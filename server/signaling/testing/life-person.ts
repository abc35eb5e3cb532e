import { INPUT_BYTES_PER_FRAME } from '../../../proto/signaling-limits';
import type { MatchConfig, ServerPayloads } from '../../../proto/signaling-payloads';
import type { TestArcade } from './arcade';
import type { Player } from './player';
import { columnOf, createSigningKey, type SigningKey } from './signing';

/**
 * How somebody fights:
 * - `honest` tells what he presses, comes to the relay, and leaves nothing before it is over
 * - `liar` tells the server another input than he signed for the opponent
 * - `silent` tells nothing more from some frame on, and keeps the line
 * - `shy` goes on, but never comes to the relay, and says that the connection failed
 */
export type Manner = 'honest' | 'liar' | 'silent' | 'shy';

/** Frames that a browser may be ahead of what it has of the other. */
const PREDICTED = 8;
/** Without anything of the other for so long, a browser says that it has lost it. */
const LOST_MS = 4_000;

/** One fight as one person sees it. */
export interface Bout {
  readonly sessionId: string;
  readonly config: MatchConfig;
  readonly script: Buffer;
  readonly startedAt: number;
  /** Frames that this person has pressed, and that have reached the other browser. */
  pressed: number;
  sent: number;
  hasReported: boolean;
  /** Since when nothing new came from the other, on the arcade's clock. */
  quietSince: number;
}

/** A person with a page, and perhaps a second one that looks on. */
export class Person {
  readonly id: string;
  /** Of the page that acts. */
  tab: string;
  line: Player;
  second: Player | undefined;
  secondTab = '';
  manner: Manner = 'honest';
  /** From which frame on a silent one is silent, and where a liar lies. */
  turnsAt = 300;
  bout: Bout | undefined;
  key: SigningKey;
  /** Fights that the manner in it, giving up or a long absence make their own fault. */
  readonly #faults = new Set<string>();
  readonly #arcade: TestArcade;

  private constructor(arcade: TestArcade, line: Player, key: SigningKey, tab: string) {
    this.#arcade = arcade;
    this.id = line.id;
    this.line = line;
    this.key = key;
    this.tab = tab;
  }

  static async enter(arcade: TestArcade, name: string): Promise<Person> {
    const line = await arcade.enter(name);
    const tab = `tab-${name}`;
    line.close();
    await line.closed();
    return new Person(arcade, await arcade.connect(line.id, tab), await createSigningKey(), tab);
  }

  /** The page is loaded again: the same tab, a key of its own. */
  async reload(): Promise<void> {
    this.line.close();
    await this.line.closed();
    await this.comeBack();
  }

  async comeBack(): Promise<void> {
    const before = this.line;
    this.line = await this.#arcade.connect(this.id, this.tab);
    // What was heard by the page before is still true.
    this.line.heard.unshift(...before.heard);
    this.key = await createSigningKey();
    const bout = this.bout;
    if (!bout) return;
    await this.line.raw('peer_connected', {
      ...{ playerId: this.id, sessionId: bout.sessionId, inputKey: this.key.inputKey },
    });
  }

  /** Outside a match a second page takes over, and the first one is ended. */
  async mend(): Promise<void> {
    if (!this.line.isClosed) return;
    const { line, second } = this;
    if (!second || second.isClosed) return this.comeBack();
    second.heard.unshift(...line.heard);
    this.line = second;
    this.tab = this.secondTab;
    this.second = undefined;
  }

  heard<E extends 'relay_opened' | 'match_ended'>(
    event: E,
    sessionId: string,
  ): ServerPayloads[E] | undefined {
    return this.line.all(event).find((payload) => payload.sessionId === sessionId);
  }

  /** Plays as far as time and the other's inputs allow, and tells what is due. */
  async play(opponent: Person): Promise<void> {
    const { bout } = this;
    const other = opponent.bout;
    if (!bout || !other || bout.sessionId !== other.sessionId) return;
    const { sessionId } = bout;
    if (this.heard('match_ended', sessionId)) {
      this.bout = undefined;
      return;
    }
    const isOpen = this.heard('relay_opened', sessionId) !== undefined;
    if (isOpen && this.manner !== 'shy')
      await this.line.raw('relay_data', { sessionId, data: Uint8Array.of(1) });
    const possible = Math.floor(((this.#arcade.clock.now() - bout.startedAt) / 1000) * 60);
    const silentFrom = this.manner === 'silent' ? this.turnsAt : Number.POSITIVE_INFINITY;
    const frames = bout.script.byteLength / INPUT_BYTES_PER_FRAME;
    bout.pressed = Math.max(bout.pressed, Math.min(possible, other.sent + PREDICTED, frames, silentFrom));
    if (bout.pressed > bout.sent || this.#own < bout.pressed) {
      await this.#tell(bout, opponent);
      other.quietSince = this.#arcade.clock.now();
    }
    await this.#report(bout, isOpen);
  }

  async #tell(bout: Bout, opponent: Person): Promise<void> {
    const { sessionId, script, config } = bout;
    const side = config.playerIndex;
    const told =
      this.manner === 'liar' && bout.pressed > this.turnsAt ? lie(script, this.turnsAt, side) : script;
    for (let isOn = true; isOn && this.#own < bout.pressed; ) {
      const inputs = columnOf(told, side, this.#own, Math.min(this.#own + 600, bout.pressed));
      const own = { sessionId, fromFrame: this.#own, inputs };
      const answer = await this.line.send('own_inputs', own).catch(() => undefined);
      isOn = answer !== undefined && answer.nextFrame > this.#own;
      this.#own = answer?.nextFrame ?? this.#own;
    }
    bout.sent = bout.pressed;
    // The other's browser has them with a signature over what was really pressed, and tells the judge both columns.
    const shared = Math.min(bout.sent, opponent.bout?.sent ?? 0);
    if (shared <= this.#both) return;
    const other = side === 1 ? 2 : 1;
    const to = Math.min(shared, this.#both + 600);
    const signature = await opponent.key.sign(sessionId, other, columnOf(script, other, 0, to));
    const both = {
      ...{ sessionId, fromFrame: this.#both, inputs: told.subarray(this.#both * 4, to * 4) },
      opponentSignature: { frames: to, signature },
    };
    this.#both = (await this.line.send('match_inputs', both).catch(() => undefined))?.nextFrame ?? this.#both;
  }

  /** First frames that the judge lacks, of the own column and of both. */
  #own = 0;
  #both = 0;

  begin(bout: Bout): void {
    this.bout = bout;
    this.#own = 0;
    this.#both = 0;
    if (this.manner !== 'honest') this.fail();
  }

  /** What becomes of the present fight is this person's own doing. */
  fail(): void {
    if (this.bout) this.#faults.add(this.bout.sessionId);
  }

  keptToTheRules(sessionId: string): boolean {
    return !this.#faults.has(sessionId);
  }

  /** Says that the connection failed, where a browser would. */
  async #report(bout: Bout, isOpen: boolean): Promise<void> {
    const isLost = this.#arcade.clock.now() - bout.quietSince > LOST_MS;
    if (isOpen || bout.hasReported || !(isLost || (this.manner === 'shy' && bout.pressed > this.turnsAt)))
      return;
    bout.hasReported = true;
    await this.line.raw('peer_failed', { playerId: this.id, sessionId: bout.sessionId, reason: 'lost' });
  }
}

function lie(script: Buffer, frame: number, side: 1 | 2): Buffer {
  const bytes = Buffer.from(script);
  const at = frame * INPUT_BYTES_PER_FRAME + (side - 1) * 2;
  if (at + 2 <= bytes.length) bytes.writeUInt16LE(bytes.readUInt16LE(at) ^ 0x10, at);
  return bytes;
}

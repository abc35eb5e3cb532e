import { FRAMES_PER_SECOND } from '../../../engine/fighter/rules';
import { INPUT_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../../proto/signaling-limits';
import type { MatchConfig } from '../../../proto/signaling-payloads';
import type { TestArcade } from './arcade';
import { inputsFor } from './match';
import type { Player } from './player';

/** A player and the pages that are open, newest last. */
export interface Person {
  readonly id: string;
  readonly pages: Player[];
  /** Session ids that this person has heard of, newest last. */
  readonly sessions: string[];
}

/** A match as the crowd remembers it. */
interface Match {
  readonly people: readonly [Person, Person];
  config?: MatchConfig;
  inputs?: Buffer;
  /** What its next guided step is. */
  step: number;
  sent: [number, number];
}

const MAX_PAGES = 3;
/** Longer than anything here takes: without an answer by then there is none. */
const ANSWER_MS = 15_000;

/** The people of a fuzz run: what they know, what they have sent and what they were answered. */
export class Crowd {
  readonly people: Person[] = [];
  readonly codes: Record<string, number> = {};
  readonly unanswered: string[] = [];
  events = 0;
  readonly #arcade: TestArcade;
  readonly #random: () => number;
  readonly #matches = new Map<string, Match>();
  #pages = 0;

  private constructor(arcade: TestArcade, random: () => number) {
    this.#arcade = arcade;
    this.#random = random;
  }

  static async gather(arcade: TestArcade, count: number, random: () => number): Promise<Crowd> {
    const crowd = new Crowd(arcade, random);
    for (let i = 0; i < count; i += 1) {
      const page = await arcade.enter(`Person ${i}`);
      crowd.people.push({ id: page.id, pages: [page], sessions: [] });
    }
    return crowd;
  }

  leave(): void {
    for (const { pages } of this.people) for (const page of pages.splice(0)) page.close();
  }

  /** A session that concerns this person, or any that is known, or one that does not exist. */
  sessionOf(person?: Person): string {
    const known = person?.sessions.slice(-3) ?? [];
    const foreign = this.people.flatMap(({ sessions }) => sessions.slice(-2));
    const from = this.#random() % 4 > 0 && known.length > 0 ? known : [...foreign, 'no-such-session'];
    return from[this.#random() % from.length] ?? 'no-such-session';
  }

  /** Any event with a payload of the right form, mostly of ids that exist. */
  anyEvent(person?: Person): [string, Record<string, unknown>] {
    const any = () => this.people[this.#random() % this.people.length]?.id ?? '';
    const own = person && this.#random() % 8 > 0 ? person.id : any();
    const other = any();
    const sessionId = this.sessionOf(person);
    const route = { senderId: own, receiverId: other, sessionId };
    const frames = this.#random() % 50;
    const events: readonly [string, Record<string, unknown>][] = [
      ['join_lobby', { playerId: own }],
      ['leave_lobby', { playerId: own }],
      ['line_stats', { playerId: own }],
      ['join_quick_match', { playerId: own, characterId: 1 + (this.#random() % 3) }],
      ['leave_quick_match', { playerId: own }],
      ['join_invite', { playerId: own, code: 'A'.repeat(22) }],
      ['lobby_pings', { playerId: own, playerIds: [other] }],
      ['set_status', { playerId: own, doNotDisturb: frames === 0 }],
      ['probe', { sessionId, data: Buffer.alloc(frames) }],
      ['send_phrase', { playerId: own, sessionId, phrase: 'hello' }],
      ['request_match', { requesterId: own, targetId: other }],
      ['accept_match', { accepterId: own, requesterId: other, sessionId }],
      ['accept_match', { accepterId: own, requesterId: other, characterId: 1 + (this.#random() % 3) }],
      ['decline_match', { declinerId: own, requesterId: other }],
      ['cancel_match_request', { requesterId: own, targetId: other, sessionId }],
      ['send_sdp_offer', { ...route, sdp: 'offer' }],
      ['send_sdp_answer', { ...route, sdp: 'answer' }],
      ['send_ice_candidate', { ...route, candidate: { candidate: 'candidate:1' } }],
      ['peer_connected', { playerId: own, sessionId }],
      ['peer_failed', { playerId: own, sessionId, reason: 'lost' }],
      ['take_over', { playerId: own, sessionId }],
      ['leave_match', { playerId: own, sessionId }],
      ['pause_match', { playerId: own, sessionId }],
      ['resume_match', { playerId: own, sessionId }],
      [
        'match_inputs',
        { sessionId, fromFrame: this.#random() % 99, inputs: Buffer.alloc(frames * 4, frames) },
      ],
      ['match_ended', { sessionId, frames: this.#random(), checksum: this.#random() }],
    ];
    return events[this.#random() % events.length] ?? ['join_lobby', { playerId: own }];
  }

  /** Sends from one of the person's pages and notes the answer; resolves also when the line ends first. */
  async send(person: Person, event: string, payload?: unknown): Promise<void> {
    const page = person.pages[this.#random() % Math.max(1, person.pages.length)];
    if (!page) return this.open(person);
    await this.#ask(page, event, payload);
  }

  async #ask(page: Player, event: string, payload: unknown): Promise<Record<string, unknown> | undefined> {
    if (!page.socket.connected) return undefined;
    this.events += 1;
    const ended = new Promise<undefined>((resolve) =>
      page.socket.once('disconnect', () => resolve(undefined)),
    );
    const answer: unknown = page.socket.timeout(ANSWER_MS).emitWithAck(event, payload);
    const reply = await Promise.race([answer, ended]).catch(() => 'silence' as const);
    if (reply === undefined) return undefined;
    if (reply === 'silence') {
      if (page.socket.connected) this.unanswered.push(event);
      return undefined;
    }
    const { ok, error } = Object.assign({ ok: false, error: { code: 'none' } }, reply);
    const code = ok ? 'ok' : String(error.code);
    this.codes[code] = (this.codes[code] ?? 0) + 1;
    return ok ? { ...Object(reply) } : undefined;
  }

  /** Takes the next step that a match of this person would take if nobody misbehaved, or asks for one. */
  async guide(person: Person): Promise<void> {
    const page = person.pages.at(-1);
    if (!page) return this.open(person);
    const [sessionId, match] =
      [...this.#matches].filter(([, { people }]) => people.includes(person)).at(-1) ?? [];
    if (!sessionId || !match) return this.#challenge(person, page);
    const [one, two] = match.people.map(({ pages }) => pages.at(-1));
    if (!one || !two) return;
    const route = { senderId: one.id, receiverId: two.id, sessionId };
    const before = match.step;
    match.step += 1;
    switch (before) {
      case 0: {
        const accepted = await this.#ask(two, 'accept_match', {
          accepterId: two.id,
          requesterId: one.id,
          sessionId,
        });
        const heard = two.all('match_request_accepted').find((event) => event.sessionId === sessionId);
        if (!accepted || !heard) this.#matches.delete(sessionId);
        else match.config = heard.config;
        return;
      }
      case 1:
        await this.#ask(one, 'send_sdp_offer', { ...route, sdp: 'offer' });
        return;
      case 2:
        await Promise.all(
          [one, two].map(({ id }, i) =>
            this.#ask(i === 0 ? one : two, 'peer_connected', { playerId: id, sessionId }),
          ),
        );
        return;
      default:
        return this.#fight(sessionId, match, one, two);
    }
  }

  async #challenge(person: Person, page: Player): Promise<void> {
    const target = this.people[this.#random() % this.people.length];
    const other = target?.pages.at(-1);
    if (!target || !other || target === person) return;
    await this.#ask(other, 'join_lobby', { playerId: other.id });
    const asked = await this.#ask(page, 'request_match', { requesterId: person.id, targetId: target.id });
    if (typeof asked?.sessionId !== 'string') return;
    for (const { sessions } of [person, target]) sessions.push(asked.sessionId);
    this.#matches.set(asked.sessionId, { people: [person, target], step: 0, sent: [0, 0] });
  }

  /** Ten seconds of the fight, told by both, at times by one alone or with another input. */
  async #fight(sessionId: string, match: Match, one: Player, two: Player): Promise<void> {
    if (!match.config) return;
    match.inputs ??= inputsFor(match.config);
    const { inputs } = match;
    this.#arcade.clock.advance((MAX_INPUT_FRAMES / FRAMES_PER_SECOND) * 1_000);
    const replies = await Promise.all(
      [one, two].map(async (page, i) => {
        if (this.#random() % 12 === 0) return undefined;
        const fromFrame = match.sent[i] ?? 0;
        const from = fromFrame * INPUT_BYTES_PER_FRAME;
        const chunk = Buffer.from(inputs.subarray(from, from + MAX_INPUT_FRAMES * INPUT_BYTES_PER_FRAME));
        if (this.#random() % 40 === 0 && chunk.length > 0) chunk.writeUInt8(chunk.readUInt8(0) ^ 1, 0);
        const reply = await this.#ask(page, 'match_inputs', { sessionId, fromFrame, inputs: chunk });
        if (typeof reply?.nextFrame === 'number') match.sent[i] = reply.nextFrame;
        return reply;
      }),
    );
    if (replies.every((reply) => reply === undefined)) this.#matches.delete(sessionId);
  }

  /** Opens a further page, at most three. */
  async open(person: Person, clientId?: string): Promise<void> {
    if (person.pages.length >= MAX_PAGES) return;
    this.#pages += 1;
    const page = this.#arcade.open(person.id, {
      token: person.id,
      clientId: clientId ?? `tab-${this.#pages}`,
    });
    await new Promise<void>((resolve) => {
      page.socket.once('ready', () => resolve());
      page.socket.once('connect_error', () => resolve());
      page.socket.once('disconnect', () => resolve());
    });
    // Only now: a socket that is closed while it still connects says nothing of its end.
    person.pages.push(page);
    this.#forgetEnded(person);
  }

  drop(person: Person): void {
    person.pages.splice(this.#random() % Math.max(1, person.pages.length), 1)[0]?.close();
  }

  /** The same tab once more: the old line ends as the new one begins. */
  async reload(person: Person): Promise<void> {
    const page = person.pages.pop();
    if (!page) return this.open(person);
    const { clientId } = Object.assign({ clientId: 'tab-0' }, page.socket.auth);
    page.close();
    await this.open(person, clientId);
  }

  #forgetEnded(person: Person): void {
    for (const page of person.pages.splice(0)) if (page.socket.connected) person.pages.push(page);
  }
}

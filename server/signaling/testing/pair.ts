import { setTimeout as delay } from 'node:timers/promises';
import { FRAMES_PER_SECOND } from '../../../engine/fighter/rules';
import type { ClientEventName, ClientPayload } from '../../../proto/signaling';
import { INPUT_BYTES_PER_FRAME } from '../../../proto/signaling-limits';
import type { Success } from '../../../proto/signaling-payloads';
import { sendFrames } from './match';
import type { ArcadeNode, NodesArcade } from './nodes';
import type { Player } from './player';

/** How far a pair has come. */
export const STAGES = ['lobby', 'requested', 'accepted', 'connecting', 'fighting', 'ended'] as const;
export type Stage = (typeof STAGES)[number];

/** What a client that was told "in a moment" (500) tries again for. */
const PATIENCE_MS = 15_000;

interface Fighter {
  readonly id: string;
  readonly clientId: string;
  node: ArcadeNode;
  line: Player;
}

/** Two people with pages at nodes of an arcade, who fight a match as far as they are told to, whatever becomes of the nodes. */
export class Pair {
  readonly #arcade: NodesArcade;
  readonly #fighters: readonly [Fighter, Fighter];
  #stage: Stage = 'lobby';
  #sessionId = '';
  #startedAt = 0;
  #next: [number, number] = [0, 0];

  private constructor(arcade: NodesArcade, fighters: readonly [Fighter, Fighter]) {
    this.#arcade = arcade;
    this.#fighters = fighters;
  }

  static async meet(arcade: NodesArcade, name: string, at: readonly [ArcadeNode, ArcadeNode]): Promise<Pair> {
    const enter = async (node: ArcadeNode, label: string): Promise<Fighter> => {
      const id = await arcade.addPlayer(`${name}-${label}`);
      const clientId = `tab-${label}`;
      const line = await arcade.connect(node, id, clientId);
      await line.send('join_lobby', { playerId: id });
      return { id, clientId, node, line };
    };
    const pair = new Pair(arcade, [await enter(at[0], 'one'), await enter(at[1], 'two')]);
    const [one, two] = pair.#fighters;
    // Each sees the other, whichever node that one is at.
    const sees = (fighter: Fighter, other: Fighter) =>
      fighter.line.hear('lobby_update', ({ players }) =>
        players.some(({ playerId }) => playerId === other.id),
      );
    await Promise.all([sees(one, two), sees(two, one)]);
    return pair;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get sessionId(): string {
    return this.#sessionId;
  }

  get lines(): readonly [Player, Player] {
    return [this.#fighters[0].line, this.#fighters[1].line];
  }

  get ids(): readonly [string, string] {
    return [this.#fighters[0].id, this.#fighters[1].id];
  }

  async advance(to: Stage): Promise<void> {
    while (this.#stage !== to) {
      const next = STAGES[STAGES.indexOf(this.#stage) + 1];
      if (next === undefined) return;
      await this.#steps[next]();
      this.#stage = next;
    }
  }

  /** Those whose line has ended open another one at a node that is up, as browsers do by themselves. */
  async comeBack(): Promise<void> {
    for (const fighter of this.#fighters) {
      if (fighter.node.isUp && !fighter.line.isClosed) continue;
      await fighter.line.closed();
      const node = this.#arcade.nodes.find(({ isUp }) => isUp);
      if (!node) throw new Error('no node is up');
      fighter.node = node;
      fighter.line = await this.#arcade.connect(node, fighter.id, fighter.clientId);
    }
  }

  /** The code with which the server answers what one of the two tells it of the fight; 0 where it takes it. */
  probeFight(): Promise<number> {
    const told = { sessionId: this.#sessionId, fromFrame: 0, inputs: Buffer.alloc(INPUT_BYTES_PER_FRAME) };
    return this.#fighters[0].line.codeOf('match_inputs', told);
  }

  /** Both play for a while, and tell both columns. */
  async fight(seconds: number): Promise<void> {
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until) {
      await delay(200);
      const frames = Math.floor(((Date.now() - this.#startedAt) / 1000) * FRAMES_PER_SECOND);
      const idle = Buffer.alloc(frames * INPUT_BYTES_PER_FRAME);
      for (const side of [0, 1] as const) {
        const { line } = this.#fighters[side];
        this.#next[side] = await this.#patiently(() =>
          sendFrames(line, this.#sessionId, idle, this.#next[side], frames),
        );
      }
    }
  }

  /** First frames that the judge lacks of the two. */
  get told(): readonly [number, number] {
    return this.#next;
  }

  readonly #steps: Readonly<Record<Stage, () => Promise<void>>> = {
    lobby: async () => {},
    requested: async () => {
      const [one, two] = this.#fighters;
      const asked = { requesterId: one.id, targetId: two.id };
      this.#sessionId = (await this.#send(one, 'request_match', asked)).sessionId;
      await two.line.hear('match_request_received', ({ sessionId }) => sessionId === this.#sessionId);
    },
    accepted: async () => {
      const [one, two] = this.#fighters;
      const answer = { accepterId: two.id, requesterId: one.id, sessionId: this.#sessionId };
      const { config } = await this.#send(two, 'accept_match', answer);
      if (config.playerIndex !== 2) throw new Error('who accepts is player 2');
      await this.#hear(one, 'match_request_accepted');
    },
    connecting: async () => {
      const [one, two] = this.#fighters;
      await this.#send(one, 'send_sdp_offer', { ...this.#route(one, two), sdp: 'offer' });
      await this.#hear(two, 'sdp_offer_received');
    },
    fighting: async () => {
      const [one, two] = this.#fighters;
      await this.#send(two, 'send_sdp_answer', { ...this.#route(two, one), sdp: 'answer' });
      await this.#hear(one, 'sdp_answer_received');
      for (const [from, to] of [[one, two] as const, [two, one] as const]) {
        const candidate = { candidate: `candidate of ${from.clientId}`, sdpMid: '0', sdpMLineIndex: 0 };
        await this.#send(from, 'send_ice_candidate', { ...this.#route(from, to), candidate });
        await this.#hear(to, 'ice_candidate_received');
      }
      for (const fighter of this.#fighters)
        await this.#send(fighter, 'peer_connected', { playerId: fighter.id, sessionId: this.#sessionId });
      await Promise.all(this.#fighters.map((fighter) => this.#hear(fighter, 'match_started')));
      this.#startedAt = Date.now();
      await this.fight(1.5);
    },
    ended: async () => {
      const [one, two] = this.#fighters;
      await this.fight(0.5);
      await this.#send(two, 'leave_match', { playerId: two.id, sessionId: this.#sessionId });
      await Promise.all([one, two].map((fighter) => this.#hear(fighter, 'match_ended')));
    },
  };

  #route(from: Fighter, to: Fighter) {
    return { senderId: from.id, receiverId: to.id, sessionId: this.#sessionId };
  }

  #hear(
    { line }: Fighter,
    event:
      | 'match_request_accepted'
      | 'sdp_offer_received'
      | 'sdp_answer_received'
      | 'ice_candidate_received'
      | 'match_started'
      | 'match_ended',
  ): Promise<unknown> {
    return line.hear(event, ({ sessionId }) => sessionId === this.#sessionId);
  }

  #send<E extends ClientEventName>(
    { line }: Pick<Fighter, 'line'>,
    event: E,
    payload: ClientPayload<E>,
  ): Promise<Success<E>> {
    return this.#patiently(() => line.send(event, payload));
  }

  /** What fails for a fault of the server's is tried again for a while. */
  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const isTheirs = error instanceof Error && error.message.includes(': 500 ');
        if (!isTheirs || Date.now() > until) throw error;
        await delay(200);
      }
    }
  }
}

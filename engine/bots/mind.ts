import { Action, MoveSlot } from '../fighter/actions';
import { Input } from '../fighter/inputs';
import { MAX_GAUGE } from '../fighter/rules';
import { type Body, createBody, feel, isFree } from './perception';
import { react } from './reactions';
import { randomBelow, seedRng } from './rng';
import { Script, toScreen } from './script';
import { type Tactic, write } from './tactics';
import type { Manner, Weights } from './temperaments';

/** How a mind that has its hands free chooses what to do; undefined leaves it to the temperament's weights. */
export type Choose = (
  state: Int32Array,
  side: 1 | 2,
  body: Readonly<Body>,
  rng: Int32Array,
) => Tactic | undefined;

/** One bot's hands and dice. What it sees and when is its owner's business. */
export class Mind {
  readonly #temperament: Manner;
  readonly #choose: Choose | undefined;
  readonly #rng = new Int32Array(1);
  readonly #body = createBody();
  readonly #script = new Script();
  #wasCaught = false;

  constructor(temperament: Manner, seed: number, choose?: Choose) {
    this.#temperament = temperament;
    this.#choose = choose;
    seedRng(this.#rng, 0, seed);
  }

  /**
   * The mask of this frame. Allocates nothing.
   * @param state what the bot takes for the present; of the opponent it uses only the sight
   * @param sights the sight that it has only now understood is in here, at `offset`; undefined before there is one
   */
  decide(state: Int32Array, side: 1 | 2, sights: Int32Array | undefined, offset: number): number {
    feel(state, side, this.#body);
    if (!this.#body.fighting) this.#script.clear();
    else if (sights !== undefined) this.#think(state, side, sights, offset);
    return toScreen(this.#script.next(), this.#body.side);
  }

  #think(state: Int32Array, side: 1 | 2, sights: Int32Array, offset: number): void {
    const body = this.#body;
    const script = this.#script;
    const caught = body.action === Action.THROWN;
    if (caught && !this.#wasCaught && this.#roll(this.#temperament.techChance)) {
      script.clear();
      script.hold(0, 5).hold(Input.Throw, 2);
    }
    this.#wasCaught = caught;
    if (body.action === Action.ATTACK) {
      if (script.isDone || body.connected === 1) this.#goOn();
      return;
    }
    const reaction = react(sights, offset, body, this.#temperament, this.#rng);
    if (reaction !== undefined && isFree(body.action)) {
      script.clear();
      reaction(script);
      return;
    }
    if (!script.isDone || !isFree(body.action)) return;
    const tactic = this.#choose?.(state, side, body, this.#rng) ?? this.#pickFor(sights[offset] ?? 0);
    write(this.#sensible(tactic), script, randomBelow(this.#rng, 0, 8));
  }

  /** A blow that hit invites the next one. */
  #goOn(): void {
    const { slot, connected, gauge, shotReady } = this.#body;
    if (connected !== 1 || slot > MoveSlot.CROUCH_HEAVY || !this.#roll(this.#temperament.comboChance)) return;
    this.#script.clear();
    const light = slot === MoveSlot.LIGHT || slot === MoveSlot.CROUCH_LIGHT;
    if (light) write('heavy', this.#script, 0);
    else if (gauge >= MAX_GAUGE && this.#roll(60)) write('super', this.#script, 0);
    else if (shotReady) write('special', this.#script, 0);
  }

  /** What the temperament likes at this distance. */
  #pickFor(distance: number): Tactic {
    const { farUnits, nearUnits, far, mid, near } = this.#temperament;
    return this.#pick(distance > farUnits ? far : distance > nearUnits ? mid : near);
  }

  /** Replaces what can't work now: a super without gauge, a second projectile, stepping back into the wall. */
  #sensible(tactic: Tactic): Tactic {
    const { gauge, shotReady, roomBehind } = this.#body;
    if (tactic === 'super' && gauge < MAX_GAUGE) return 'approach';
    if (tactic === 'special' && !shotReady) return 'approach';
    if (roomBehind < 50 && (tactic === 'back off' || tactic === 'dash away' || tactic === 'jump away'))
      return 'jump in';
    return tactic;
  }

  #pick(weights: Weights): Tactic {
    let sum = 0;
    for (let i = 0; i < weights.length; i += 1) sum += weights[i]?.[1] ?? 0;
    let left = randomBelow(this.#rng, 0, sum);
    for (let i = 0; i < weights.length; i += 1) {
      const entry = weights[i];
      if (entry === undefined) continue;
      left -= entry[1];
      if (left < 0) return entry[0];
    }
    return 'wait';
  }

  #roll(percent: number): boolean {
    return randomBelow(this.#rng, 0, 100) < percent;
  }
}

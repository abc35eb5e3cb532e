import { Action, MoveSlot } from '../fighter/actions';
import { Input } from '../fighter/inputs';
import { MAX_GAUGE } from '../fighter/rules';
import { type Body, createBody, feel, isFree } from './perception';
import { react } from './reactions';
import { randomBelow, seedRng } from './rng';
import { Script, toScreen } from './script';
import type { Strength } from './strengths';
import { type Tactic, write } from './tactics';
import { sumOf, type Weights } from './temperaments';

/** How a mind that has its hands free thinks about what to do. */
export type Choose = (
  strength: Strength,
  state: Int32Array,
  side: 1 | 2,
  body: Readonly<Body>,
  rng: Int32Array,
) => Tactic;

/** One bot's hands and dice. What it sees and when is its owner's business. */
export class Mind {
  /** May be exchanged between frames. */
  strength: Strength;
  readonly #choose: Choose | undefined;
  readonly #rng = new Int32Array(1);
  readonly #body = createBody();
  readonly #script = new Script();
  #wasCaught = false;

  constructor(strength: Strength, seed: number, choose?: Choose) {
    this.strength = strength;
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
    if (caught && !this.#wasCaught && this.#roll(this.strength.manner.techChance)) {
      script.clear();
      script.hold(0, 5).hold(Input.Throw, 2);
    }
    this.#wasCaught = caught;
    if (body.action === Action.ATTACK) {
      if (script.isDone || body.connected === 1) this.#goOn();
      return;
    }
    const reaction = react(sights, offset, body, this.strength.manner, this.#rng);
    if (reaction !== undefined && isFree(body.action)) {
      script.clear();
      reaction(script);
      return;
    }
    if (!script.isDone || !isFree(body.action)) return;
    const tactic = this.#isThoughtful()
      ? this.#choose?.(this.strength, state, side, body, this.#rng)
      : undefined;
    write(this.#sensible(tactic ?? this.#pickFor(sights[offset] ?? 0)), script, randomBelow(this.#rng, 0, 8));
    const { hesitationFrames } = this.strength;
    if (hesitationFrames > 0) script.hold(0, hesitationFrames);
  }

  #isThoughtful(): boolean {
    const { thoughtPercent } = this.strength;
    return thoughtPercent >= 100 || (thoughtPercent > 0 && this.#roll(thoughtPercent));
  }

  /** A blow that hit invites the next one. */
  #goOn(): void {
    const { slot, connected, gauge, shotReady } = this.#body;
    if (connected !== 1 || slot > MoveSlot.CROUCH_HEAVY || !this.#roll(this.strength.manner.comboChance))
      return;
    this.#script.clear();
    const light = slot === MoveSlot.LIGHT || slot === MoveSlot.CROUCH_LIGHT;
    if (light) write('heavy', this.#script, 0);
    else if (gauge >= MAX_GAUGE && this.#roll(60)) write('super', this.#script, 0);
    else if (shotReady) write('special', this.#script, 0);
  }

  /** What the temperament likes at this distance. */
  #pickFor(distance: number): Tactic {
    const { farUnits, nearUnits, far, mid, near } = this.strength.manner;
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
    let left = randomBelow(this.#rng, 0, sumOf(weights));
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

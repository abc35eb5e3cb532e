import { Action, MoveSlot } from '../fighter/actions';
import { Input } from '../fighter/inputs';
import { MAX_GAUGE } from '../fighter/rules';
import { createBody, feel, isFree, look, SIGHT_WORDS } from './perception';
import { react } from './reactions';
import { randomBelow, seedRng } from './rng';
import { Script, toScreen } from './script';
import { type Tactic, write } from './tactics';
import { type BotName, TEMPERAMENTS, type Temperament, type Weights } from './temperaments';

/** A scripted opponent. Its choices depend on its seed and on the states it was shown, in order. */
export interface Bot {
  readonly name: BotName;
  /** The mask for this frame. Call once a frame, before `step`. Allocates nothing. */
  decide(state: Int32Array, side: 1 | 2): number;
}

/** A bot of that temperament; equal seeds and equal matches give equal inputs. */
export function createBot(name: BotName, seed: number): Bot {
  const mind = new Mind(TEMPERAMENTS[name], seed);
  return { name, decide: (state, side) => mind.decide(state, side) };
}

/** One bot's eyes, hands and dice. */
class Mind {
  readonly #temperament: Temperament;
  /** The last `delayFrames` sights, oldest first from #cursor. */
  readonly #sights: Int32Array;
  readonly #rng = new Int32Array(1);
  readonly #body = createBody();
  readonly #script = new Script();
  #cursor = 0;
  #shown = 0;
  #wasCaught = false;

  constructor(temperament: Temperament, seed: number) {
    this.#temperament = temperament;
    this.#sights = new Int32Array(temperament.delayFrames * SIGHT_WORDS);
    seedRng(this.#rng, 0, seed);
  }

  decide(state: Int32Array, side: 1 | 2): number {
    const { delayFrames } = this.#temperament;
    const body = this.#body;
    feel(state, side, body);
    const offset = this.#cursor * SIGHT_WORDS;
    const seen = this.#shown >= delayFrames;
    if (seen) this.#think(offset);
    look(state, side, this.#sights, offset);
    this.#cursor = (this.#cursor + 1) % delayFrames;
    this.#shown += 1;
    if (!body.fighting) this.#script.clear();
    return toScreen(this.#script.next(), body.side);
  }

  /** Looks at the oldest sight, the one the eyes have only now understood. */
  #think(offset: number): void {
    const body = this.#body;
    const script = this.#script;
    if (!body.fighting) return;
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
    const reaction = react(this.#sights, offset, body, this.#temperament, this.#rng);
    if (reaction !== undefined && isFree(body.action)) {
      script.clear();
      reaction(script);
      return;
    }
    if (script.isDone && isFree(body.action)) this.#choose(this.#sights[offset] ?? 0);
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

  #choose(distance: number): void {
    const { farUnits, nearUnits, far, mid, near } = this.#temperament;
    const tactic = this.#pick(distance > farUnits ? far : distance > nearUnits ? mid : near);
    write(this.#sensible(tactic), this.#script, randomBelow(this.#rng, 0, 8));
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

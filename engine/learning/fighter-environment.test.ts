import { describe, expect, it } from 'vitest';
import { createBot } from '../bots/bot';
import { Input, mirrorInput } from '../fighter/inputs';
import { createState } from '../fighter/state';
import { step } from '../fighter/step';
import { createRandom } from '../nn/random';
import type { Environment } from './environment';
import { DECISION_FRAMES, DECISIONS, decisionInput } from './fighter-actions';
import { createFighterEnvironment, type Opponent } from './fighter-environment';
import { OBSERVATION_SIZE, observe } from './fighter-observation';
import { Learner } from './learner';

const standing = (): Opponent => () => 0;
const zoner = (seed: number): Opponent => {
  const bot = createBot('zoner', seed);
  return (state, side) => bot.decide(state, side);
};

function fight(createOpponent: (seed: number) => Opponent): Environment {
  return createFighterEnvironment({ characterId: 1, opponentCharacterId: 2, createOpponent });
}

/** Plays a round; what was seen, and the sum of rewards. */
function play(environment: Environment, seed: number, decide: (turn: number) => number) {
  const observation = new Float32Array(environment.observationSize);
  const seen: number[][] = [];
  environment.reset(seed, observation);
  let reward = 0;
  for (let turn = 0; ; turn++) {
    seen.push([...observation]);
    const outcome = environment.act(decide(turn), observation);
    reward += outcome.reward;
    if (outcome.ended) return { seen, reward, result: environment.result() };
  }
}

describe('the fighter as a task', () => {
  it('is won by hitting somebody who only stands there, from both sides', () => {
    for (const seed of [2, 3]) {
      const { reward, result } = play(fight(standing), seed, (turn) => (turn % 3 === 0 ? 7 : 1));
      expect([seed, result]).toEqual([seed, 'win']);
      expect(reward).toBeCloseTo(2, 5);
    }
  });

  it('is lost, with the reward turned round, by only standing there', () => {
    const { reward, result } = play(fight(zoner), 5, () => 0);
    expect(result).toBe('loss');
    expect(reward).toBeLessThan(-1.5);
  });

  it('ends with the clock when nobody does anything, and nobody wins', () => {
    const { seen, reward, result } = play(fight(standing), 4, () => 0);
    expect(seen.length).toBe(Math.ceil((99 * 60) / DECISION_FRAMES));
    expect([result, reward]).toEqual(['draw', 0]);
  });

  it('goes the same way for the same seed and decisions', () => {
    const random = () => {
      const dice = createRandom(9);
      return () => dice.integer(DECISIONS.length);
    };
    const environment = fight(zoner);
    const first = play(environment, 6, random());
    expect(play(environment, 6, random())).toEqual(first);
    expect(play(fight(zoner), 8, random()).seen).not.toEqual(first.seen);
  });

  it('shows numbers of about one, whatever happens', () => {
    const dice = createRandom(1);
    for (const seed of [10, 11, 12, 13]) {
      const { seen } = play(fight(zoner), seed, () => dice.integer(DECISIONS.length));
      const values = seen.flat();
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
      expect(Math.max(...values)).toBeLessThanOrEqual(2);
      expect(seen[0]?.length).toBe(OBSERVATION_SIZE);
    }
  });

  it('looks the same from the left and from the right', () => {
    const dice = createRandom(3);
    const left = createState({ seed: 1, characters: [1, 2] });
    const right = createState({ seed: 1, characters: [2, 1] });
    const [fromLeft, fromRight] = [new Float32Array(OBSERVATION_SIZE), new Float32Array(OBSERVATION_SIZE)];
    let [own, other] = [0, 0];
    for (let frame = 0; frame < 2000; frame++) {
      if (frame % 5 === 0) [own, other] = [dice.integer(256), dice.integer(256)];
      step(left, own, other);
      step(right, mirrorInput(other), mirrorInput(own));
      observe(left, 1, fromLeft);
      observe(right, 2, fromRight);
      expect(fromRight).toEqual(fromLeft);
    }
  });

  it('presses a button once a decision, and towards the opponent', () => {
    const crouchingHeavy = DECISIONS.findIndex(({ name }) => name === 'crouching heavy');
    const frames = Array.from({ length: DECISION_FRAMES }, (_, frame) =>
      decisionInput(crouchingHeavy, frame, 1),
    );
    const [pressed, released] = [Input.Down | Input.Heavy, Input.Down];
    expect(frames).toEqual([pressed, pressed, released, released]);
    const forward = DECISIONS.findIndex(({ name }) => name === 'forward');
    expect([decisionInput(forward, 0, 1), decisionInput(forward, 0, -1)]).toEqual([Input.Right, Input.Left]);
    expect(() => decisionInput(DECISIONS.length, 0, 1)).toThrow(RangeError);
  });
});

describe('a learner in the fighter', () => {
  it('learns to beat the zoner, which chance does not', { timeout: 60_000 }, () => {
    const task = () =>
      createFighterEnvironment({ characterId: 1, opponentCharacterId: 1, createOpponent: zoner });
    const learner = new Learner(task(), {
      seed: 1,
      learningRate: 1e-3,
      discount: 0.98,
      explorationSteps: 3000,
      hiddenSizes: [32, 32],
    });
    const referee = task();
    const before = learner.evaluate(referee, 20).wins;
    let best = 0;
    while (learner.step < 12_000) {
      learner.advance();
      if (learner.step % 3000 === 0) best = Math.max(best, learner.evaluate(referee, 20).wins);
    }
    expect(before).toBeLessThanOrEqual(4);
    expect(best).toBeGreaterThanOrEqual(14);
  });
});

import { at, createState, Fighter, fullHealth, Match, Phase, PLAYER_1, PLAYER_2 } from '../fighter/state';
import { step } from '../fighter/step';
import type { Environment, Outcome } from './environment';
import { DECISION_FRAMES, DECISIONS, decisionInput } from './fighter-actions';
import { forwardOf, OBSERVATION_SIZE, observe } from './fighter-observation';

/** Somebody who plays the other side: a state in, an input out. */
export type Opponent = (state: Int32Array, side: 1 | 2) => number;

export interface FighterTask {
  readonly characterId: number;
  readonly opponentCharacterId: number;
  /** A fresh opponent for each round. */
  readonly createOpponent: (seed: number) => Opponent;
}

/** What winning a round is worth beside the damage, which sums up to 1 for a full health bar. */
const WIN_REWARD = 1;

/**
 * The fighting game as a task: an episode is one round, decided upon every `DECISION_FRAMES` frames.
 * The learner's side of the stage changes from round to round.
 * Reward: damage done less damage taken, in health bars, and a bar more for the round.
 */
export function createFighterEnvironment(task: FighterTask): Environment {
  const outcome: Outcome = { reward: 0, ended: false, truncated: false };
  let state = createState({ seed: 0, characters: [task.characterId, task.opponentCharacterId] });
  let opponent: Opponent = () => 0;
  let side: 1 | 2 = 1;
  let own = PLAYER_1;
  let other = PLAYER_2;

  const advance = (input: number): void => {
    const answer = opponent(state, side === 1 ? 2 : 1);
    if (side === 1) step(state, input, answer);
    else step(state, answer, input);
  };

  return {
    observationSize: OBSERVATION_SIZE,
    actionCount: DECISIONS.length,

    reset(seed, observation) {
      side = (seed & 1) === 0 ? 1 : 2;
      own = side === 1 ? PLAYER_1 : PLAYER_2;
      other = side === 1 ? PLAYER_2 : PLAYER_1;
      const { characterId, opponentCharacterId } = task;
      state = createState({
        seed,
        characters: side === 1 ? [characterId, opponentCharacterId] : [opponentCharacterId, characterId],
      });
      opponent = task.createOpponent(seed);
      while (at(state, Match.PHASE) === Phase.READY) advance(0);
      observe(state, side, observation);
    },

    act(action, observation) {
      const advantage = healthShare(state, own) - healthShare(state, other);
      const forward = forwardOf(state, side);
      for (let frame = 0; frame < DECISION_FRAMES && isFighting(state); frame++) {
        advance(decisionInput(action, frame, forward));
      }
      outcome.reward = healthShare(state, own) - healthShare(state, other) - advantage;
      outcome.ended = !isFighting(state);
      if (outcome.ended) outcome.reward += WIN_REWARD * roundScore(state, side);
      observe(state, side, observation);
      return outcome;
    },

    result() {
      const score = roundScore(state, side);
      return score > 0 ? 'win' : score < 0 ? 'loss' : 'draw';
    },
  };
}

function isFighting(state: Int32Array): boolean {
  return at(state, Match.PHASE) === Phase.FIGHT;
}

/** Health left, 0 to 1. */
function healthShare(state: Int32Array, player: number): number {
  return at(state, player + Fighter.HEALTH) / fullHealth(state, player);
}

/** 1 if the side took the last round, -1 if the other did, 0 if both or nobody did. */
function roundScore(state: Int32Array, side: 1 | 2): number {
  const took = at(state, Match.ROUND_RESULT);
  const first = (took & 1) - ((took >> 1) & 1);
  return side === 1 ? first : -first;
}

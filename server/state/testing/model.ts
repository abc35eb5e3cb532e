import type { StateManager } from '../state-manager';

/** What a session should look like, kept by a test beside the real one. */
export interface ModelSession {
  readonly id: string;
  status: 'active' | 'paused' | 'ended';
  hp: number;
  san: number;
  gold: number;
  pilot: number;
  rat: number;
  potions: number;
  act: number;
  sequence: number;
  location: string;
  phase: 'dialogue' | 'combat' | 'rest' | 'exploration';
  phaseChanges: number;
  turn: number;
  readonly committed: Map<number, string>;
}

export function newModel(id: string): ModelSession {
  return {
    ...{ id, status: 'active', hp: 100, san: 10, gold: 0, pilot: 60, rat: 12, potions: 0 },
    ...{ act: 1, sequence: 1, location: 'Starting Town', phase: 'dialogue', phaseChanges: 1, turn: 0 },
    committed: new Map(),
  };
}

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** One thing that somebody does to a session. @returns whether it should be taken; the model is as it then should be */
export type Step =
  | { readonly kind: 'pause' | 'resume' | 'end' | 'turn' | 'defeat' }
  | { readonly kind: 'phase'; readonly phase: ModelSession['phase'] }
  | { readonly kind: 'earn' | 'use' | 'hp' | 'affinity'; readonly amount: number }
  | { readonly kind: 'act' | 'sequence'; readonly to: number }
  | {
      readonly kind: 'commit';
      readonly key: number;
      readonly hp: number;
      readonly san: number;
      readonly gold: number;
      readonly rat: number;
      readonly pilot: number;
      readonly act: number | undefined;
      readonly location: string | undefined;
    };

const NEXT = {
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  end: { from: ['active', 'paused'], to: 'ended' },
} as const;

export function foresee(model: ModelSession, step: Step): boolean {
  if (step.kind === 'pause' || step.kind === 'resume' || step.kind === 'end') {
    const { from, to } = NEXT[step.kind];
    const may = from.some((status) => status === model.status);
    if (may) model.status = to;
    return may;
  }
  if (step.kind === 'commit') {
    const known = model.committed.get(step.key);
    if (known !== undefined) return known === JSON.stringify(step);
  }
  if (model.status !== 'active') return false;
  switch (step.kind) {
    case 'turn':
      model.turn += 1;
      return true;
    case 'defeat':
      model.rat = 0;
      return true;
    case 'phase':
      if (model.phase !== step.phase) model.phaseChanges += 1;
      model.phase = step.phase;
      return true;
    case 'earn':
      if (model.potions + step.amount < 0) return false;
      model.potions += step.amount;
      return true;
    case 'use': {
      const used = Math.abs(step.amount) + 1;
      if (model.potions < used) return false;
      model.potions -= used;
      model.turn += 1;
      return true;
    }
    case 'hp':
      model.hp = within(model.hp + step.amount, 0, 100);
      return true;
    case 'affinity':
      model.pilot = within(model.pilot + step.amount, 0, 100);
      return true;
    case 'act':
      model.act = step.to;
      model.sequence = 1;
      return true;
    case 'sequence':
      model.sequence = step.to;
      return true;
    case 'commit':
      model.committed.set(step.key, JSON.stringify(step));
      model.hp = within(model.hp + step.hp, 0, 100);
      model.san = Math.max(0, model.san + step.san);
      model.gold = Math.max(0, model.gold + step.gold);
      model.rat = within(model.rat + step.rat, 0, 12);
      model.pilot = within(model.pilot + step.pilot, 0, 100);
      if (step.act !== undefined && step.act !== model.act) {
        model.act = step.act;
        model.sequence = 1;
      }
      model.location = step.location ?? model.location;
      model.turn += 1;
      return true;
  }
}

/** Does it to the real session. */
export async function perform(state: StateManager, id: string, step: Step): Promise<unknown> {
  const potions = { sessionId: id, player: 'player', item: 'potion' };
  switch (step.kind) {
    case 'pause':
    case 'resume':
    case 'end':
      return state[step.kind](id);
    case 'turn':
      return state.writeTurn(id, { type: 'turn_add', stateChanges: {} });
    case 'defeat':
      return state.defeat(id, 'rat');
    case 'phase':
      return state.setPhase(id, step.phase);
    case 'earn':
      return state.earn({ ...potions, quantity: step.amount });
    case 'use':
      return state.use({ ...potions, quantity: Math.abs(step.amount) + 1 });
    case 'hp':
      return state.changeStats(id, 'player', { hp: step.amount });
    case 'affinity':
      return state.changeAffinity({ sessionId: id, player: 'player', npc: 'pilot', change: step.amount });
    case 'act':
      return state.setAct(id, step.to);
    case 'sequence':
      return state.setSequence(id, step.to);
    case 'commit': {
      const { hp, san, gold, rat, pilot, act, location } = step;
      return state.commit({
        turnId: `${id}:${step.key}`,
        update: {
          diffs: [
            { entity: 'player', diff: { hp, san, stats: { gold }, act } },
            { entity: 'rat', diff: { hp: rat, location } },
            { entity: 'pilot', diff: { affinity: pilot } },
          ],
          relations: [],
        },
      });
    }
  }
}

/** Phases of a session, what they allow and which rules apply in them (shared vocabulary with the Rule Engine). */
const PHASES = {
  exploration: {
    actions: ['move', 'inspect', 'talk', 'use_item'],
    scopes: ['movement', 'perception', 'interaction'],
  },
  dialogue: {
    actions: ['talk', 'negotiate', 'threaten'],
    scopes: ['persuasion', 'deception', 'emotion'],
  },
  combat: {
    actions: ['attack', 'skill', 'defend', 'item'],
    scopes: ['initiative', 'attack', 'defense', 'damage'],
  },
  rest: {
    actions: ['rest', 'heal', 'prepare'],
    scopes: ['recovery', 'time_pass'],
  },
} as const;

export type Phase = keyof typeof PHASES;
export const PHASE_NAMES = ['exploration', 'dialogue', 'combat', 'rest'] as const satisfies readonly Phase[];

/** What a player may do in a phase. */
export function actionsAllowed(phase: Phase): readonly string[] {
  return PHASES[phase].actions;
}

/** Which families of rules apply in a phase. */
export function ruleScopes(phase: Phase): readonly string[] {
  return PHASES[phase].scopes;
}

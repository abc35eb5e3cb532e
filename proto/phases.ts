/**
 * The phases of a State Manager's session and what they allow: the public system's table (docs/CONTRACT.md, STATE), and
 * beside it the words of arcade mode. One table, for whoever keeps sessions, rules on them or shows them.
 */

export const PHASES = ['exploration', 'dialogue', 'combat', 'rest'] as const;
export type Phase = (typeof PHASES)[number];

interface PhaseRow {
  /** As the public system has them. */
  readonly actions: readonly string[];
  /** What arcade mode does in it. */
  readonly arcade: readonly string[];
  /** What of the rules plays a part. */
  readonly scopes: readonly string[];
}

export const PHASE_TABLE: Readonly<Record<Phase, PhaseRow>> = {
  exploration: {
    actions: ['move', 'inspect', 'talk', 'use_item'],
    arcade: ['choose'],
    scopes: ['movement', 'perception', 'interaction'],
  },
  dialogue: {
    actions: ['talk', 'negotiate', 'threaten'],
    arcade: ['choose'],
    scopes: ['persuasion', 'deception', 'emotion'],
  },
  combat: {
    actions: ['attack', 'skill', 'defend', 'item'],
    arcade: ['fight', 'continue'],
    scopes: ['initiative', 'attack', 'defense', 'damage'],
  },
  rest: {
    actions: ['rest', 'heal', 'prepare'],
    arcade: ['continue'],
    scopes: ['recovery', 'time_pass'],
  },
};

/** The phases in which an action may happen; none for a word that the table does not have. */
export function phasesOf(action: string): Phase[] {
  return PHASES.filter(
    (phase) => PHASE_TABLE[phase].actions.includes(action) || PHASE_TABLE[phase].arcade.includes(action),
  );
}

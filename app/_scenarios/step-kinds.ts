import { type Json, jsonAt } from './draft';

export const STEP_KINDS = ['scene', 'map', 'fight', 'rest'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/**
 * A step of another kind: what both kinds have stays, the rest is what the new kind needs at least.
 * @param before undefined for a new step
 */
export function stepOf(kind: StepKind, before: Json | undefined, opponent: string): Json {
  const shared = {
    kind,
    title: jsonAt(before, 'title') ?? { en: '', ko: '' },
    still: jsonAt(before, 'still') ?? 'harbour',
    text: jsonAt(before, 'text') ?? { en: '', ko: '' },
    next: jsonAt(before, 'next') ?? [],
  };
  if (kind === 'fight')
    return { ...shared, opponent, level: 40, sway: 15, winsNeeded: 2, variants: [], won: [], lost: [] };
  if (kind === 'rest') return { ...shared, heals: 20, effects: [] };
  return { ...shared, choices: jsonAt(before, 'choices') ?? [newChoice('go-on')] };
}

export function newChoice(id: string): Json {
  return { id, label: { en: '', ko: '' }, tone: 'talk', if: [], effects: [], next: [] };
}

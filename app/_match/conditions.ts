import { type NetworkConditions, NO_CONDITIONS } from './channel';

/** Practice networks that a player can choose; the added delay is one way, for what this browser receives. */
export const CONDITION_PRESETS = {
  off: NO_CONDITIONS,
  near: { latencyMs: 25, jitterMs: 5, loss: 0.005 },
  far: { latencyMs: 80, jitterMs: 10, loss: 0.02 },
  rough: { latencyMs: 100, jitterMs: 25, loss: 0.08 },
} as const satisfies Record<string, NetworkConditions>;

export type ConditionName = keyof typeof CONDITION_PRESETS;

const STORAGE_KEY = 'practice-network';

export function isConditionName(name: string | null): name is ConditionName {
  return name !== null && Object.hasOwn(CONDITION_PRESETS, name);
}

/** The practice network chosen last in this tab; off in a new one, so that nobody plays with lag unawares. */
export function rememberedConditions(): ConditionName {
  const name = sessionStorage.getItem(STORAGE_KEY);
  return isConditionName(name) ? name : 'off';
}

export function rememberConditions(name: ConditionName): void {
  sessionStorage.setItem(STORAGE_KEY, name);
}

import type { Scenario } from './payments';

/** How rehearsed payments go: decisions only. */

/** The contract's numbers. */
const NUMBERS = {
  none: 0,
  approve: 1,
  fail: 2,
  delay: 3,
  random: 4,
  timeout: 5,
} as const satisfies Record<Scenario, number>;

export const scenarioNumber = (scenario: Scenario): number => NUMBERS[scenario];

const isScenario = (name: string): name is Scenario => Object.hasOwn(NUMBERS, name);

export const scenarioOf = (number: number): Scenario =>
  Object.keys(NUMBERS)
    .filter(isScenario)
    .find((name) => NUMBERS[name] === number) ?? 'none';

const SOON_MS = 2_000;
const DELAY_MS = { least: 10_000, most: 30_000 } as const;
const SUCCESS_SHARE = 0.7;

/** When it takes its turn by itself; undefined: never. @param random from 0, below 1 */
export function turnAt(scenario: Scenario, now: Date, random: () => number): Date | undefined {
  if (scenario === 'none') return undefined;
  const waitMs =
    scenario === 'delay'
      ? DELAY_MS.least + Math.floor(random() * (DELAY_MS.most - DELAY_MS.least + 1))
      : SOON_MS;
  return new Date(now.getTime() + waitMs);
}

/**
 * What a turn does.
 * @param isDue its time has come by itself; else somebody pays
 */
export function turnOf(
  scenario: Scenario,
  isDue: boolean,
  random: () => number,
): 'complete' | 'decline' | 'wait' {
  switch (scenario) {
    case 'none':
    case 'approve':
      return 'complete';
    case 'fail':
      return 'decline';
    case 'delay':
      return isDue ? 'complete' : 'wait';
    case 'random':
      return random() < SUCCESS_SHARE ? 'complete' : 'decline';
    case 'timeout':
      return 'wait';
  }
}

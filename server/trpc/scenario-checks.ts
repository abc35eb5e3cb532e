import { GAME_FACTS } from '../../engine/fighter/game-facts';
import { scenario } from '../../proto/scenario';
import { checkScenario, type Issue } from '../../proto/scenario-check';
import { scenarioRules } from '../state/scenario-rules';
import { faultText, type validate } from '../state/scenarios';

const MAX_ISSUES = 200;

/** What the database's text and JSON can't hold, as JSON writes it: NUL, and half of a pair of surrogates. */
const UNSTORABLE = /\\u0000|\\ud[89a-f][0-9a-f]{2}/;

export interface ScenarioVerdict {
  /** Empty when it may be kept. */
  readonly issues: readonly Issue[];
  /** Whose rules: the arcade's own where the Rule Engine does not answer. */
  readonly ruledBy: 'rule engine' | 'arcade';
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** Everything that is wrong with a scenario: its form, its references, and what the rules say of it. */
export async function checkDraft(
  given: unknown,
  references: typeof validate,
  ask = scenarioRules(),
): Promise<ScenarioVerdict> {
  const parsed = scenario.safeParse(given);
  if (!parsed.success)
    return verdict(
      parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message })),
      'arcade',
    );
  if (UNSTORABLE.test(JSON.stringify(parsed.data)))
    return verdict([{ path: 'title', message: 'somewhere is a character that can’t be kept' }], 'arcade');
  const { faults } = references(parsed.data);
  const broken = faults.map((fault) => ({ path: pathText(fault.path), message: faultText(fault) }));
  try {
    if (ask) return verdict([...broken, ...(await ask(parsed.data))], 'rule engine');
  } catch {
    // The same rules are here: a neighbour that is away keeps nobody from saving. The board shows that it is.
  }
  return verdict([...broken, ...checkScenario(parsed.data, GAME_FACTS)], 'arcade');
}

/** Two that look may find the same thing: a place is told once for each message. */
function verdict(issues: readonly Issue[], ruledBy: ScenarioVerdict['ruledBy']): ScenarioVerdict {
  const once = new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue]));
  return { issues: [...once.values()].slice(0, MAX_ISSUES), ruledBy };
}

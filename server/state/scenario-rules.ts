import type { Issue } from '../../proto/scenario-check';
import { singleton } from '../singleton';

/** Asks the Rule Engine what is wrong with a scenario. @throws when it does not answer, or is out of use */
export type AskRules = (scenario: unknown) => Promise<readonly Issue[]>;

const shared = singleton<{ ask: AskRules | undefined }>('scenario-rules', () => ({ ask: undefined }));

/** Lets the editor ask the Rule Engine, once a process; what is returned ends it. */
export function publishScenarioRules(ask: AskRules): () => void {
  shared.ask = ask;
  return () => {
    if (shared.ask === ask) shared.ask = undefined;
  };
}

/** undefined where no Rule Engine is asked. */
export const scenarioRules = (): AskRules | undefined => shared.ask;

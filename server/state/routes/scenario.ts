import { z } from 'zod';
import { scenario } from '../../../proto/scenario';
import { faultText } from '../scenarios';
import { scenarioInfo, viewScenario } from '../views/session';
import { page, queryFlag, uuid } from './fields';
import { type StateRoute, stateRoute } from './route';

const tag = 'scenario';
const list = (path: string, summary: string) =>
  stateRoute({
    ...{ method: 'GET', path, summary, tag, who: 'signed-in' },
    input: z.object(page),
    output: z.array(scenarioInfo),
    run: async (input, { state }) => (await state.listScenarios(input)).map(viewScenario),
  });

export const scenarioRoutes: readonly StateRoute[] = [
  stateRoute({
    ...{ method: 'POST', path: '/scenario/inject', tag, who: 'designer' },
    summary: 'Keep a scenario under its title; sessions that are under way keep theirs',
    input: z.object({ ...scenario.shape, strict: queryFlag.default(true) }),
    inQuery: ['strict'],
    output: z.object({
      scenario_id: z.string(),
      title: z.string(),
      status: z.literal('success'),
      message: z.string(),
    }),
    async run({ strict, ...given }, { state }) {
      const { id, title, version } = await state.inject(given, { isStrict: strict });
      return { scenario_id: id, title, status: 'success' as const, message: `Version ${version} is kept.` };
    },
  }),
  stateRoute({
    ...{ method: 'POST', path: '/scenario/validate', tag, who: 'designer' },
    summary: 'Whether everything that a scenario refers to is there',
    input: z.object(scenario.shape),
    output: z.object({
      is_valid: z.boolean(),
      message: z.string(),
      summary: z.object({ npcs: z.number(), enemies: z.number(), relations: z.number() }),
      errors: z.array(z.string()),
    }),
    run(given, { state }) {
      const { isValid, faults, summary } = state.validate(given);
      const errors = faults.slice(0, 50).map(faultText);
      const message = isValid ? 'The scenario can be kept.' : `${faults.length} things are wrong.`;
      return { is_valid: isValid, message, summary, errors };
    },
  }),
  list('/scenarios', 'All scenarios, newest first'),
  list('/scenario/list', 'The same'),
  stateRoute({
    ...{ method: 'GET', path: '/scenario/:scenario_id', tag, who: 'signed-in' },
    summary: 'One scenario',
    input: z.object({ scenario_id: uuid }),
    output: scenarioInfo,
    run: async (input, { state }) => viewScenario(await state.scenarioInfo(input.scenario_id)),
  }),
];

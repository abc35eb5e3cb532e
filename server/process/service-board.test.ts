import { expect, it } from 'vitest';
import type { WebNeighbours } from '../upstream/web/neighbours';
import { whileInUse } from './service-board';

it('UP-12: asks nothing of a neighbour that is out of use, and everything of the other', async () => {
  const asked: string[] = [];
  const all = (name: string) =>
    new Proxy({}, { ownKeys: () => ['health'], get: () => async () => void asked.push(name) });
  const neighbours = { ruleEngine: all('rules'), aiGm: all('gm') } as unknown as WebNeighbours;
  const { ruleEngine, aiGm } = whileInUse(neighbours, { isOn: (key) => key === 'use.ai-gm' });
  const fight = { session_id: 's', action_type: 'fight', action_data: {} };
  await expect(ruleEngine.validate(fight)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(ruleEngine.sessionAdd({ session_id: 's' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  await aiGm.history('s');
  expect(asked).toEqual(['gm']);
});

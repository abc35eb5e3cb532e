import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../proto/scenario';
import { AppError } from '../errors';
import type { StateManager } from '../state/state-manager';
import type { KnownLadder } from './context';
import { knownLadders } from './known-ladders';
import { prizeYard } from './testing/yard';

const { scenario, ladder } = prizeYard();
const bundled: KnownLadder[] = [{ key: 'ours', scenarioId: 's0', isBundled: true, scenario, ladder }];
const tale: Scenario = { ...scenario, title: 'A tale', metadata: undefined };

interface Kept {
  readonly version: number;
  readonly content: Scenario;
}

/** Scenarios as the State Manager lists them, newest first, and how often each was read. */
function world(kept: Map<string, Kept>) {
  let now = 0;
  const read: string[] = [];
  const warned: unknown[] = [];
  const at = new Date(0);
  const state: Pick<StateManager, 'listScenarios' | 'exportScenario'> = {
    listScenarios: async () =>
      [...kept].map(([id, { version, content }]) => ({
        ...{ id, version, title: content.title, description: null, createdAt: at, updatedAt: at },
      })),
    async exportScenario(id) {
      read.push(`${id} ${kept.get(id)?.version}`);
      const found = kept.get(id);
      if (!found) throw new AppError('NOT_FOUND', id);
      return found.content;
    },
  };
  const clock = { now: () => now, after: () => () => {}, every: () => () => {} };
  const look = knownLadders(state, bundled, clock, { warn: (told: unknown) => warned.push(told) });
  return {
    read,
    warned,
    look,
    pass() {
      now += 2_001;
    },
    keys: async () => (await look()).map(({ key }) => key),
  };
}

describe('the ladders that can be climbed', () => {
  it('are those that come with the arcade, then the injected scenarios that are one', async () => {
    const { look, keys } = world(
      new Map([
        ['s2', { version: 1, content: scenario }],
        ['s1', { version: 1, content: tale }],
        ['s0', { version: 1, content: scenario }],
      ]),
    );
    expect(await keys()).toEqual(['ours', 's2']);
    expect((await look())[1]).toMatchObject({ scenarioId: 's2', isBundled: false });
  });

  it('are none whose fights the game does not take, which is told once', async () => {
    const [yard, ...others] = scenario.sequences;
    const step = yard?.metadata?.step;
    if (!yard || step?.kind !== 'fight') throw new Error('the yard begins with a fight');
    const tooStrong: Scenario = {
      ...scenario,
      sequences: [
        {
          ...yard,
          metadata: { ...yard.metadata, step: { ...step, opponentHandicap: { powerPercent: 200 } } },
        },
        ...others,
      ],
    };
    const { keys, pass, warned } = world(new Map([['s2', { version: 1, content: tooStrong }]]));
    expect(await keys()).toEqual(['ours']);
    pass();
    expect(await keys()).toEqual(['ours']);
    expect(warned).toEqual([
      {
        scenarioId: 's2',
        version: 1,
        issues: [
          {
            path: 'sequences[0].metadata.step.opponentHandicap.powerPercent',
            message: '200 is not from 50 to 150',
          },
        ],
      },
    ]);
  });

  it('are read once a version, however often they are looked at', async () => {
    const kept = new Map([['s2', { version: 1, content: scenario }]]);
    const { read, keys, pass } = world(kept);
    await Promise.all([keys(), keys()]);
    pass();
    await keys();
    expect(read).toEqual(['s2 1']);
    kept.set('s2', { version: 2, content: tale });
    expect(await keys()).toEqual(['ours', 's2']);
    pass();
    expect(await keys()).toEqual(['ours']);
    expect(read).toEqual(['s2 1', 's2 2']);
  });

  it('are looked at again at once after a look that failed', async () => {
    const kept = new Map([['s2', { version: 1, content: scenario }]]);
    let isBroken = true;
    const { look } = world(kept);
    const state: Parameters<typeof knownLadders>[0] = {
      async listScenarios() {
        if (isBroken) throw new AppError('UNAVAILABLE', 'the database is away');
        return [];
      },
      exportScenario: async () => scenario,
    };
    const clock = { now: () => 0, after: () => () => {}, every: () => () => {} };
    const again = knownLadders(state, bundled, clock, { warn() {} });
    await expect(again()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    isBroken = false;
    expect(await again()).toHaveLength(1);
    expect(await look()).toHaveLength(2);
  });
});

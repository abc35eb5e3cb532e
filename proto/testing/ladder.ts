import type { z } from 'zod/mini';
import type { ScenarioInput } from '../scenario';
import type { fightStep, ladder, restStep, sceneStep } from '../scenario-steps';

type Fight = z.input<typeof fightStep>;
type Scene = z.input<typeof sceneStep>;
type Rest = z.input<typeof restStep>;
type Part<K extends 'npcs' | 'enemies' | 'items' | 'sequences'> = NonNullable<ScenarioInput[K]>[number];

/** A small sound ladder, with its parts at hand so that a test may spoil one. */
export interface LadderInput extends ScenarioInput {
  npcs: [Part<'npcs'>];
  enemies: [Part<'enemies'>];
  items: [Part<'items'>];
  sequences: [Part<'sequences'>, Part<'sequences'>, Part<'sequences'>];
  scene: Scene & { choices: [Scene['choices'][number], Scene['choices'][number]] };
  fight: Fight;
  rest: Rest;
  ladder: z.input<typeof ladder> & { lines: [NonNullable<z.input<typeof ladder>['lines']>[number]] };
}

const words = (en: string) => ({ en, ko: `${en} (ko)` });

/** A scene with two choices, a fight, a rest after a loss, and an ending. */
export function ladderOf(): LadderInput {
  const scene: LadderInput['scene'] = {
    kind: 'scene',
    title: words('The gate'),
    speaker: 'coach',
    choices: [
      { id: 'brave', label: words('Go in'), tone: 'threaten', effects: [{ flag: 'bold' }], next: [] },
      { id: 'sly', label: words('Wait'), tone: 'inspect', if: [{ has: 'charm' }], next: [] },
    ],
    next: [{ to: 'fight' }],
  };
  const fight: Fight = {
    kind: 'fight',
    title: words('The rival'),
    opponent: 'rival',
    level: 40,
    variants: [{ if: [{ flag: 'bold' }], level: 60 }],
    won: [{ affinity: 'coach', change: 5 }],
    lost: [{ stamina: -20 }],
    next: [
      { if: [{ result: 'won' }], ending: 'glory' },
      { if: [{ result: 'lost' }], to: 'rest' },
    ],
  };
  const rest: Rest = { kind: 'rest', title: words('A bench'), effects: [], next: [{ to: 'fight' }] };
  const ladder: LadderInput['ladder'] = {
    character: 1,
    first: 'scene',
    title: words('A ladder'),
    text: words('Up.'),
    endings: [{ id: 'glory', title: words('Glory'), text: words('Won.') }],
    lines: [
      {
        id: 'hello',
        moment: 'arrive',
        speaker: 'announcer',
        where: ['scene'],
        if: [],
        effects: [],
        text: words('Hello.'),
      },
    ],
  };
  return {
    title: 'A ladder',
    acts: [{ id: 'act', name: 'Act', sequences: ['scene', 'fight', 'rest'] }],
    sequences: [
      { id: 'scene', name: 'Gate', npcs: ['coach'], metadata: { step: scene } },
      { id: 'fight', name: 'Rival', enemies: ['rival'], metadata: { step: fight } },
      { id: 'rest', name: 'Bench', metadata: { step: rest } },
    ],
    npcs: [{ scenario_npc_id: 'coach', name: 'Coach', metadata: { name: words('Coach') } }],
    enemies: [
      {
        scenario_enemy_id: 'rival',
        name: 'Rival',
        rule_id: 2,
        dropped_items: [7],
        metadata: { name: words('Rival') },
      },
    ],
    items: [
      {
        scenario_item_id: 'charm',
        rule_id: 7,
        name: 'Charm',
        meta: { name: words('Charm'), text: words('Warm.'), kind: 'boost', handicap: { powerPercent: 110 } },
      },
    ],
    relations: [{ from_id: 'player', to_id: 'coach' }],
    metadata: { ladder },
    ...{ scene, fight, rest, ladder },
  };
}

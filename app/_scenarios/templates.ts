import type { ScenarioInput } from '../../proto/scenario';
import type { Json } from './draft';

export const TEMPLATES = ['situation', 'ladder', 'plain'] as const;
export type Template = (typeof TEMPLATES)[number];

export const isTemplate = (text: string | undefined): text is Template =>
  TEMPLATES.some((template) => template === text);

const words = (en: string, ko: string) => ({ en, ko });

const SITUATION: ScenarioInput = {
  title: '',
  description: '',
  metadata: {
    situation: {
      characters: [1, 2],
      timer: 60,
      player1: { position_x: -110, position_y: 0, health: 100, super_gauge: 0 },
      player2: { position_x: 110, position_y: 0, health: 100, super_gauge: 0 },
      stance: 'stand',
    },
  },
};

/** Short, and already right: a scene, a fight, and an ending. */
const LADDER: ScenarioInput = {
  title: '',
  description: '',
  acts: [{ id: 'act-1', name: 'Act 1', sequences: ['arrival', 'bout'] }],
  sequences: [
    {
      id: 'arrival',
      name: 'Arrival',
      metadata: {
        step: {
          kind: 'scene',
          title: words('Arrival', '도착'),
          still: 'harbour',
          text: words('Somebody waits at the quay.', '부두에서 누군가 기다린다.'),
          choices: [
            {
              id: 'greet',
              label: words('Greet them', '인사한다'),
              tone: 'talk',
              if: [],
              effects: [],
              next: [{ if: [], to: 'bout' }],
            },
          ],
          next: [],
        },
      },
    },
    {
      id: 'bout',
      name: 'Bout',
      enemies: ['rival'],
      metadata: {
        step: {
          kind: 'fight',
          title: words('The bout', '한판'),
          still: 'bridge',
          opponent: 'rival',
          level: 40,
          sway: 15,
          winsNeeded: 2,
          variants: [],
          won: [],
          lost: [],
          next: [{ if: [], ending: 'end' }],
        },
      },
    },
  ],
  enemies: [
    {
      scenario_enemy_id: 'rival',
      name: 'Rival',
      rule_id: 2,
      metadata: { name: words('Rival', '맞수'), look: 'bawi' },
    },
  ],
  metadata: {
    ladder: {
      character: 1,
      first: 'arrival',
      title: words('A short ladder', '짧은 사다리'),
      text: words('One scene, one bout.', '장면 하나, 한판.'),
      endings: [{ id: 'end', title: words('The end', '끝'), text: words('Well fought.', '잘 싸웠다.') }],
      lines: [],
      continues: 2,
    },
  },
};

const PLAIN: ScenarioInput = { title: '', description: '', acts: [], sequences: [] };

/** What a new scenario begins with. */
export function templateOf(template: Template): Json {
  const chosen = { situation: SITUATION, ladder: LADDER, plain: PLAIN }[template];
  return JSON.parse(JSON.stringify(chosen));
}

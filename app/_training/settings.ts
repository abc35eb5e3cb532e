import { BOT_NAMES, type BotName } from '@/engine/bots/temperaments';

/** The numeric settings of a training, with the limits that the service has; an empty one takes its default. */
export const NUMBER_FIELDS = [
  { name: 'learningRate', min: 0.000001, max: 0.1, step: 'any', placeholder: '0.0005' },
  { name: 'discount', min: 0.1, max: 0.9999, step: 'any', placeholder: '0.98' },
  { name: 'maxSteps', min: 1, max: 2_000_000, step: 1, placeholder: '60000' },
  { name: 'maxSeconds', min: 1, max: 3600, step: 1, placeholder: '600' },
  { name: 'evaluateEverySteps', min: 500, max: 2_000_000, step: 1, placeholder: '5000' },
  { name: 'seed', min: 0, max: 0xffff_ffff, step: 1, placeholder: '' },
] as const;

type NumberField = (typeof NUMBER_FIELDS)[number]['name'] | 'characterId' | 'opponentCharacterId';

export type TrainingSettings = { [F in NumberField]?: number } & { name?: string; opponent?: BotName };

/** The settings that a form gives; what was left empty is left out. */
export function readSettings(form: FormData): TrainingSettings {
  const settings: TrainingSettings = {};
  for (const field of [
    ...NUMBER_FIELDS.map(({ name }) => name),
    'characterId' as const,
    'opponentCharacterId' as const,
  ]) {
    const text = String(form.get(field) ?? '').trim();
    if (text !== '' && Number.isFinite(Number(text))) settings[field] = Number(text);
  }
  const name = String(form.get('name') ?? '').trim();
  if (name !== '') settings.name = name;
  const opponent = BOT_NAMES.find((bot) => bot === form.get('opponent'));
  if (opponent) settings.opponent = opponent;
  return settings;
}

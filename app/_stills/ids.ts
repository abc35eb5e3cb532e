/** The pictures of arcade mode, as the ladders name them. */
export const STILL_IDS = [
  'harbour',
  'market',
  'rain-alley',
  'rooftops',
  'bridge',
  'workshop',
  'quarry',
  'teahouse',
  'archive',
  'gate',
  'press-hall',
  'festival',
  'summit',
  'letter',
  'coin',
  'loss',
  'map-1',
  'map-2',
  'map-3',
  'ending-print',
  'ending-river',
  'ending-stone',
  'ending-blank',
] as const;
export type StillId = (typeof STILL_IDS)[number];

export const PERSON_LOOKS = [
  'garam',
  'bawi',
  'nari',
  'sora',
  'mungchi',
  'baek',
  'han',
  'geomun',
  'ssangdun-left',
  'ssangdun-right',
] as const;
export type PersonLook = (typeof PERSON_LOOKS)[number];

export const MOODS = ['calm', 'angry', 'glad', 'tired'] as const;
export type Mood = (typeof MOODS)[number];

export type Language = 'en' | 'ko';

/** Whether a scenario's word names a still that can be drawn. */
export function isStillId(id: string): id is StillId {
  return STILL_IDS.some((known) => known === id);
}

/** Whether a scenario's word names somebody whose portrait can be drawn. */
export function isPersonLook(look: string): look is PersonLook {
  return PERSON_LOOKS.some((known) => known === look);
}

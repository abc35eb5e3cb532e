import type { FighterName, MoveId } from '../../engine/fighter/characters/types';

/** What a character is called over HTTP, in both languages. */
export interface CharacterWords {
  readonly name: string;
  readonly nameKo: string;
  readonly blurb: string;
  readonly blurbKo: string;
}

/**
 * Names for programs that ask over HTTP. The pages have the same words in `app/_i18n`, which the server may not read;
 * a test of `GET /api/characters` compares them.
 */
export const CHARACTER_WORDS: Readonly<Record<FighterName, CharacterWords>> = {
  garam: {
    name: 'Garam',
    nameKo: '가람',
    blurb: 'A calligrapher who keeps the whole stage at the length of her brush.',
    blurbKo: '붓끝의 거리로 무대 전체를 다스리는 서예가.',
  },
  bawi: {
    name: 'Bawi',
    nameKo: '바위',
    blurb: 'A quarryman who walks through the storm, takes hold, and does not let go.',
    blurbKo: '폭풍을 뚫고 걸어와 한번 잡으면 놓지 않는 석공.',
  },
};

export const MOVE_NAMES: Readonly<Record<MoveId, string>> = {
  'garam.wristFlick': 'Wrist Flick',
  'garam.craneKick': 'Crane Kick',
  'garam.lowStroke': 'Low Stroke',
  'garam.riverSweep': 'River Sweep',
  'garam.heronKnee': 'Heron Knee',
  'garam.fallingInk': 'Falling Ink',
  'garam.inkWave': 'Ink Wave',
  'garam.floodOfTenThousandCharacters': 'Flood of Ten Thousand Characters',
  'garam.turningPage': 'Turning Page',
  'bawi.chisel': 'Chisel',
  'bawi.sledge': 'Sledge',
  'bawi.ankleChip': 'Ankle Chip',
  'bawi.upheaval': 'Upheaval',
  'bawi.droppedElbow': 'Dropped Elbow',
  'bawi.rockfall': 'Rockfall',
  'bawi.quarryRush': 'Quarry Rush',
  'bawi.mountainComesDown': 'Mountain Comes Down',
  'bawi.uproot': 'Uproot',
};

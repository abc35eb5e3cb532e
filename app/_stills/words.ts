import type { ItemLook } from '../_stage/worn/looks';
import type { Language, Mood, PersonLook, StillId } from './ids';
import type { ItemKind } from './item-kinds';

/**
 * What the pictures show, for who can't see them. It stands here and not in the pages' messages, which every page
 * carries.
 */
type Words = Readonly<Record<Language, string>>;

export const STILL_WORDS: Readonly<Record<StillId, Words>> = {
  harbour: { en: 'The harbour at first light, a ferry under sail', ko: '동트는 나루, 돛을 올린 나룻배' },
  market: { en: 'The market street in the evening, lanterns lit', ko: '등불이 켜진 저녁 장터' },
  'rain-alley': { en: 'A back lane in the rain, one lamp', ko: '비 내리는 뒷골목, 등 하나' },
  rooftops: { en: 'Over the roofs, a large moon', ko: '지붕 위, 커다란 달' },
  bridge: {
    en: 'The bridge to the upper town; somebody waits on it',
    ko: '윗마을로 가는 다리, 누군가 기다린다',
  },
  workshop: { en: 'The ink workshop, sheets hung up to dry', ko: '먹 공방, 말리려고 널어 둔 종이' },
  quarry: { en: 'The quarry, a marked block on the crane', ko: '채석장, 표식이 새겨진 돌이 매달려 있다' },
  teahouse: {
    en: 'The teahouse with the round window, Teacher Baek at the table',
    ko: '둥근 창이 있는 찻집, 상 앞에 앉은 백 선생',
  },
  archive: { en: 'The archive, rolls of posters up to the ceiling', ko: '문서고, 천장까지 쌓인 두루마리' },
  gate: { en: 'The gate of the upper town, one wing ajar', ko: '윗마을의 문, 한 짝이 열려 있다' },
  'press-hall': { en: 'The hall of the great press', ko: '큰 인쇄기가 있는 방' },
  festival: { en: 'The festival, fireworks over a crowd', ko: '축제의 밤, 사람들 위로 터지는 불꽃' },
  summit: { en: 'The top of the hill at sunrise', ko: '해 뜨는 언덕 꼭대기' },
  letter: { en: 'A letter with a broken seal', ko: '봉인이 깨진 편지' },
  coin: { en: 'A brass coin in the air', ko: '공중에 뜬 엽전 한 닢' },
  loss: { en: 'The loser sits; paper falls', ko: '주저앉은 패자, 떨어지는 종이' },
  'map-1': { en: 'A map of the lower town', ko: '아랫마을 지도' },
  'map-2': { en: 'A map of the slopes', ko: '산비탈 지도' },
  'map-3': { en: 'A map of the hill and the Press House', ko: '언덕과 인쇄소 지도' },
  'ending-print': { en: 'This year’s poster, the champion on it', ko: '챔피언이 찍힌 올해의 포스터' },
  'ending-river': { en: 'The ink goes into the river', ko: '먹물이 강으로 흘러간다' },
  'ending-stone': { en: 'Two names cut into one stone', ko: '한 돌에 새긴 두 이름' },
  'ending-blank': { en: 'An empty poster on the wall', ko: '벽에 붙은 빈 포스터' },
};

export const PERSON_WORDS: Readonly<Record<PersonLook, Words>> = {
  garam: { en: 'Garam', ko: '가람' },
  bawi: { en: 'Bawi', ko: '바위' },
  nari: { en: 'Nari', ko: '나리' },
  sora: { en: 'Sora', ko: '소라' },
  mungchi: { en: 'Mungchi', ko: '뭉치' },
  baek: { en: 'Teacher Baek', ko: '백 선생' },
  han: { en: 'Han', ko: '한 사장' },
  geomun: { en: 'Geomun', ko: '거문' },
  'ssangdun-left': { en: 'Left Ssangdun', ko: '왼쪽 쌍둔' },
  'ssangdun-right': { en: 'Right Ssangdun', ko: '오른쪽 쌍둔' },
};

export const MOOD_WORDS: Readonly<Record<Mood, Words>> = {
  calm: { en: 'calm', ko: '차분한 얼굴' },
  angry: { en: 'angry', ko: '화난 얼굴' },
  glad: { en: 'glad', ko: '기쁜 얼굴' },
  tired: { en: 'tired', ko: '지친 얼굴' },
};

export const LOOK_WORDS: Readonly<Record<Exclude<ItemLook, 'none'>, Words>> = {
  sash: { en: 'Sash', ko: '허리띠' },
  'straw-hat': { en: 'Straw hat', ko: '삿갓' },
  'ink-brush': { en: 'Ink brush', ko: '먹붓' },
  'stone-ring': { en: 'Stone ring', ko: '돌가락지' },
  'paper-charm': { en: 'Paper charm', ko: '부적' },
  'iron-clogs': { en: 'Iron clogs', ko: '쇠나막신' },
  'gold-ribbon': { en: 'Gold ribbon', ko: '금빛 리본' },
};

export const KIND_WORDS: Readonly<Record<ItemKind, Words>> = {
  boost: { en: 'Boost', ko: '강화' },
  costume: { en: 'Costume', ko: '의상' },
  token: { en: 'Continue token', ko: '이어하기 토큰' },
};

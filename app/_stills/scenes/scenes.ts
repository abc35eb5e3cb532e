import type { StillId } from '../ids';
import type { Scene } from '../scene';
import { archive } from './archive';
import { bridge } from './bridge';
import { coin } from './coin';
import { endingBlank } from './ending-blank';
import { endingPrint } from './ending-print';
import { endingRiver } from './ending-river';
import { endingStone } from './ending-stone';
import { festival } from './festival';
import { gate } from './gate';
import { harbour } from './harbour';
import { letter } from './letter';
import { loss } from './loss';
import { map1, map2, map3 } from './maps';
import { market } from './market';
import { pressHall } from './press-hall';
import { quarry } from './quarry';
import { rainAlley } from './rain-alley';
import { rooftops } from './rooftops';
import { summit } from './summit';
import { teahouse } from './teahouse';
import { workshop } from './workshop';

/** Every still's scene; one without does not compile. */
export const SCENES: Readonly<Record<StillId, Scene>> = {
  harbour,
  market,
  'rain-alley': rainAlley,
  rooftops,
  bridge,
  workshop,
  quarry,
  teahouse,
  archive,
  gate,
  'press-hall': pressHall,
  festival,
  summit,
  letter,
  coin,
  loss,
  'map-1': map1,
  'map-2': map2,
  'map-3': map3,
  'ending-print': endingPrint,
  'ending-river': endingRiver,
  'ending-stone': endingStone,
  'ending-blank': endingBlank,
};

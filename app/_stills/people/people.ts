import type { PersonLook } from '../ids';
import { bawi, garam, geomun } from './climbers';
import { baek, han } from './elders';
import type { Person } from './person';
import { mungchi, nari, sora, ssangdunLeft, ssangdunRight } from './townsfolk';

/** Everybody in the story; one without a look does not compile. */
export const PEOPLE: Readonly<Record<PersonLook, Person>> = {
  garam,
  bawi,
  nari,
  sora,
  mungchi,
  baek,
  han,
  geomun,
  'ssangdun-left': ssangdunLeft,
  'ssangdun-right': ssangdunRight,
};

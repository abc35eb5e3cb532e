import { z } from 'zod';
import measured from './levels.json';
import type { LevelTable } from './skill';

/** How hard the levels of our opponents are; see `bench/director`. */
export const LEVELS: LevelTable = z
  .array(z.tuple([z.number(), z.number()]))
  .min(2)
  .parse(measured);

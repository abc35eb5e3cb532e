import bawi from './bawi.json';
import garam from './garam.json';
import { type Ladders, readLadders } from './ladders';

/** The files beside this one. `python/gm_service.py` reads the same folder. */
const FILES: readonly unknown[] = [garam, bawi];

/** The ladders that come with the arcade. */
export function bundledLadders(): Ladders {
  return readLadders(FILES);
}

import { type Ladders, readLadders } from './ladders';

/** The files beside this one. `python/gm_service.py` reads the same folder. */
const FILES: readonly unknown[] = [];

/** The ladders that come with the arcade. */
export function bundledLadders(): Ladders {
  return readLadders(FILES);
}

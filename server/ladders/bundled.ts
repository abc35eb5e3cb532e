import bawi from './bawi.json';
import garam from './garam.json';
import { type Ladders, readLadders } from './ladders';

/** The files beside this one. `python/gm_service.py` reads the same folder. */
const FILES: readonly unknown[] = [garam, bawi];

let read: Ladders | undefined;

/** The ladders that come with the arcade, read once a process. */
export function bundledLadders(): Ladders {
  read ??= readLadders(FILES);
  return read;
}

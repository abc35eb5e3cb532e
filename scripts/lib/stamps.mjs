import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './steps.mjs';

/** What changes no build: tests, and what is generated from other inputs. */
const IGNORED = /\.test\.tsx?$|(^|\/)(generated|testing|node_modules)(\/|$)/;

function* filesUnder(path) {
  const absolute = join(ROOT, path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat || IGNORED.test(path)) return;
  if (!stat.isDirectory()) yield path;
  else for (const name of readdirSync(absolute).sort()) yield* filesUnder(`${path}/${name}`);
}

/** A digest of the contents, and names, of these files and folders. */
export function digest(paths, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const path of paths)
    for (const file of filesUnder(path)) {
      const content = readFileSync(join(ROOT, file));
      hash.update(`\0${file}\0${content.length}\0`).update(content);
    }
  return hash.digest('hex');
}

export function readStamp(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** Written only after the work is done, so that work that was cut off is done again. */
export function writeStamp(path, value) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), value);
}

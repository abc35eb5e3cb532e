/**
 * `npm run lock:complete`, after `npm install`: npm leaves the optional packages of other platforms out of
 * package-lock.json, or their integrity, when it does not install them, and `npm ci` then refuses the file there or
 * takes whatever it gets. This has npm resolve them anew from the packages that ask for them, without installing.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { incomplete } from './lib/lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = `${root}/package-lock.json`;
const read = () => JSON.parse(readFileSync(path, 'utf8'));

/** Does the package at `parent` find `name`, going up through the folders above it? */
function finds(packages, parent, name) {
  for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

const lock = read();
const { packages } = lock;
const without = incomplete(packages);
for (const place of without) delete packages[place];
const askers = Object.entries(packages).filter(([place, { optionalDependencies = {} }]) => {
  return place !== '' && Object.keys(optionalDependencies).some((name) => !finds(packages, place, name));
});
for (const [place] of askers) delete packages[place];
if (askers.length > 0) {
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  execFileSync(npm[0], [...npm.slice(1), 'install', '--package-lock-only', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
const left = incomplete(read().packages);
console.log(
  left.length > 0
    ? `Still without integrity, the registry at hand may not have them: ${left.join(', ')}`
    : 'Every package has its integrity.',
);
process.exitCode = left.length > 0 ? 1 : 0;

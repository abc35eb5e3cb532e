/**
 * `npm run lock:complete`, after `npm install`: npm leaves the optional packages of other platforms out of
 * package-lock.json when the registry at hand does not have them, and `npm ci` then refuses the file
 * everywhere. This adds them by the exact version their parent asks for; npm skips those of other
 * platforms by `os`, `cpu` and `libc`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  armv7: 'arm',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
};

/** Platform packages carry their platform in their name, such as `cli-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = words.flatMap((word) => PROCESSORS[word] ?? []);
  const libc = ['musl', 'musleabihf'].some((word) => words.includes(word))
    ? ['musl']
    : ['gnu', 'gnueabihf'].some((word) => words.includes(word))
      ? ['glibc']
      : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

/** Does the package at `parent` find `name`, going up through the folders above it? */
function finds(packages, parent, name) {
  for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place]) return true;
    if (at === '') return false;
  }
}

const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = [];
for (const [parent, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = platformOf(name);
    // A range, or a package for every platform, is not ours to guess.
    if (finds(lock.packages, parent, name) || !/^\d/.test(version) || !platform.cpu) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platform,
      ...(dev ? { dev: true } : {}),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `Added ${added.length}: ${added.join(', ')}` : 'Nothing was missing.');

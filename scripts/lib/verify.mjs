import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, CommandFailed, mustRun, Obstacle, ROOT, run, step } from './steps.mjs';

/** Generates the wire types aside and compares them with the ones in the repository. */
async function compareGenerated() {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-gen-'));
  try {
    await mustRun([...bin('@bufbuild/buf/bin/buf'), 'generate', '--output', folder]);
    const [fresh, kept] = [folder, ROOT].map((base) => {
      const dir = join(base, 'server/grpc/gen');
      const files = readdirSync(dir, { recursive: true }).filter((name) => name.endsWith('.ts'));
      return new Map(files.map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
    });
    const names = [...new Set([...fresh.keys(), ...kept.keys()])].filter(
      (name) => fresh.get(name) !== kept.get(name),
    );
    if (names.length > 0) {
      throw new Obstacle(
        `server/grpc/gen is not what proto/ says (npm run generate:proto): ${names.join(', ')}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is on main binds: old clients must be able to read what is written now, as bytes and as JSON. */
async function compareWithMain() {
  const known = (ref) =>
    spawnSync('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { cwd: ROOT }).status === 0;
  const main = ['origin/main', 'main'].find(known);
  if (main === undefined) {
    console.log('  There is no main to compare with here.');
    return;
  }
  await mustRun([...bin('@bufbuild/buf/bin/buf'), 'breaking', '--against', `.git#ref=${main}`]);
}

const tsc = (project) => mustRun([...bin('typescript/bin/tsc'), '--noEmit', '-p', project]);

const CHECKS = [
  ['Format and lint (biome)', () => mustRun([...bin('@biomejs/biome/bin/biome'), 'check', '.'])],
  ['Types of the engine, without DOM and Node', () => tsc('engine')],
  [
    'Types of everything',
    async () => {
      await mustRun([...bin('next/dist/bin/next'), 'typegen'], { quiet: true });
      await tsc('.');
    },
  ],
  [
    'Import directions (dependency-cruiser)',
    () =>
      mustRun([
        ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
        ...['app', 'client', 'engine', 'examples', 'proto', 'server'],
      ]),
  ],
  ['Unused code (knip)', () => mustRun(bin('knip/bin/knip.js'))],
  ['Contracts (buf lint)', () => mustRun([...bin('@bufbuild/buf/bin/buf'), 'lint'])],
  [
    'Contracts are formatted (buf format)',
    () => mustRun([...bin('@bufbuild/buf/bin/buf'), 'format', '--diff', '--exit-code']),
  ],
  ['Contracts break nobody (buf breaking)', compareWithMain],
  ['Generated code is current', compareGenerated],
  [
    'OpenAPI documents and clients are current',
    () => mustRun([...bin('tsx/dist/cli.mjs'), join(ROOT, 'scripts/generate-openapi.ts'), '--check']),
  ],
  [
    'Migrations are current',
    () => mustRun([process.execPath, join(ROOT, 'scripts/new-migration.mjs'), '--check']),
  ],
];

/**
 * The checks that run no program of ours; all of them, so that one run shows all that is wrong.
 * @returns names of the failed ones
 */
export async function staticChecks() {
  const failed = [];
  for (const [name, check] of CHECKS) {
    await step(name, check).catch((error) => {
      if (!(error instanceof Obstacle)) console.error(error);
      else if (!(error instanceof CommandFailed)) console.error(error.message);
      failed.push(name);
    });
  }
  return failed;
}

/** Static checks and unit tests: fast enough for before each commit. */
export async function verify() {
  const failed = await staticChecks();
  const code = await step('Unit tests', () => run([...bin('vitest/vitest.mjs'), 'run', '--project', 'unit']));
  if (code !== 0) failed.push('Unit tests');
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  return failed.length === 0;
}

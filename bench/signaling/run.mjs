import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Installs the server to stand beside when it is missing, then runs the bench. Arguments go on to it. */
const here = fileURLToPath(new URL('.', import.meta.url));
const isJson = process.argv.includes('--json');

if (!existsSync(`${here}node_modules/peer`)) {
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const install = spawnSync('npm', args, {
    cwd: here,
    stdio: ['ignore', isJson ? 'ignore' : 'inherit', 'inherit'],
  });
  if (install.status !== 0) {
    console.error('peerjs-server could not be installed; `npm ci` in bench/signaling says why.');
    process.exit(1);
  }
}

const run = spawnSync(process.execPath, ['--import', 'tsx', `${here}bench.ts`, ...process.argv.slice(2)], {
  cwd: `${here}../..`,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';

let child: ChildProcess | undefined;
let output = '';
let errors = '';

/** A process group of its own, as a terminal makes it. */
function launch(env: Record<string, string> = {}): Promise<number | null> {
  output = '';
  errors = '';
  const started = spawn(process.execPath, ['--import', 'tsx', 'server/process/testing/two-parts.ts'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LOG_LEVEL: 'silent', ...env },
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  started.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return once(started, 'close').then(([code]) => (typeof code === 'number' ? code : null));
}

const ready = () => vi.waitFor(() => expect(output).toContain('two parts ready'), 20_000);

function signalGroup(signal: NodeJS.Signals): void {
  if (child?.pid === undefined) throw new Error('not started');
  process.kill(-child.pid, signal);
}

afterEach(() => {
  if (child?.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
});

describe('a process of the arcade', () => {
  it('stops its parts once, from the top down, however many signals come', async () => {
    const exit = launch();
    await ready();
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) signalGroup(signal);
    expect(await exit).toBe(0);
    expect(output.match(/\w+ stopped/g)).toEqual(['upper stopped', 'lower stopped']);
  });

  it('undoes what was started when a later part can’t start, says why, and fails', async () => {
    const exit = launch({ DATA_DIR: 'broken' });
    expect(await exit).toBe(1);
    expect(output).toContain('no second floor');
    expect(output.match(/\w+ stopped/g)).toEqual(['upper stopped', 'lower stopped']);
  });

  it('PROC-6: writes what libraries print as lines of the log', async () => {
    const exit = launch({ LOG_LEVEL: 'info', DATA_DIR: 'talkative' });
    await ready();
    signalGroup('SIGTERM');
    expect(await exit).toBe(0);
    const lines = errors
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const printed = lines.filter(({ room }) => room === 'console');
    expect(printed).toMatchObject([
      { level: 50, msg: "⨯ { digest: '7' }", err: { message: 'a page broke', stack: expect.any(String) } },
      { level: 40, msg: 'first line\nsecond line' },
      { level: 40, msg: 'old ways' },
    ]);
  });

  it('PROC-1: names each bad setting and what it allows before anything starts', async () => {
    const exit = launch({ PORT: '99999', LOG_LEVEL: 'loud' });
    expect(await exit).toBe(1);
    expect(output).toMatch(/PORT: /);
    expect(output).toMatch(/LOG_LEVEL: .*trace/);
    expect(output).not.toContain('stopped');
  });
});

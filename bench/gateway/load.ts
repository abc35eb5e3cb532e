import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a load run saw, from the loader's side. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly succeeded: number;
  readonly failed: number;
  /** 99th percentile of the time for a request, milliseconds. */
  readonly p99Ms: number;
}

const CLIENTS = 8;
const STREAMS = 16;

/** 5 bytes before a gRPC message: not compressed, its length. */
function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.byteLength, 1);
  return Buffer.concat([head, message]);
}

/** Times of all requests, as h2load logs them: start, status, microseconds. */
function percentile(log: string, share: number): number {
  const times = log
    .trim()
    .split('\n')
    .map((line) => Number(line.split('\t')[2]))
    .sort((a, b) => a - b);
  return (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) / 1000;
}

async function h2load(args: readonly string[], requests: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-load-'));
  const logFile = join(folder, 'requests');
  try {
    const { stdout } = await run('h2load', ['-n', String(requests), `--log-file=${logFile}`, ...args], {
      maxBuffer: 1 << 24,
    });
    const rate = /finished in [\d.]+m?s, ([\d.]+) req\/s/.exec(stdout);
    const counts = /(\d+) succeeded, (\d+) failed/.exec(stdout);
    if (!rate || !counts) throw new Error(`h2load said something else:\n${stdout}`);
    return {
      requestsPerSecond: Number(rate[1]),
      succeeded: Number(counts[1]),
      failed: requests - Number(counts[1]),
      p99Ms: percentile(readFileSync(logFile, 'utf8'), 0.99),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unary gRPC calls with one message. h2load counts HTTP's 200; the server's own counts say what gRPC answered. */
export async function loadGrpc(
  port: number,
  method: string,
  message: Uint8Array,
  requests: number,
): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-load-'));
  const data = join(folder, 'message');
  writeFileSync(data, framed(message));
  try {
    return await h2load(
      [
        ...['-c', String(CLIENTS), '-m', String(STREAMS), '-d', data],
        ...['-H', 'content-type: application/grpc', '-H', 'te: trailers'],
        `http://127.0.0.1:${port}${method}`,
      ],
      requests,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** GET requests over HTTP/1.1, kept alive. */
export function loadHttp(
  port: number,
  path: string,
  requests: number,
  headers: readonly string[] = [],
): Promise<Load> {
  return h2load(
    [
      ...['--h1', '-c', String(CLIENTS * STREAMS)],
      ...headers.flatMap((header) => ['-H', header]),
      `http://127.0.0.1:${port}${path}`,
    ],
    requests,
  );
}

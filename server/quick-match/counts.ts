import type { ServerPayloads } from '../../proto/signaling-payloads';
import { counter, gauge, histogram } from '../metrics';

type Left = Extract<ServerPayloads['quick_match_status'], { state: 'left' }>['reason'];

const moves = counter(
  'arcade_quick_match_queue_total',
  'People who came into the queue and left it, by why',
  ['what'],
);

export function countQueue(what: 'joined' | Left): void {
  moves.inc({ what });
}

const waits = histogram(
  'arcade_quick_match_wait_seconds',
  'How long those who were brought together had waited',
  [1, 2, 5, 10, 20, 30, 45, 60, 120, 300],
);

export function countPaired(waitsMs: readonly number[]): void {
  for (const wait of waitsMs) waits.observe(wait / 1000);
}

/** @param read how many people wait in this process */
export function showQueue(read: () => number): void {
  gauge('arcade_quick_match_waiting', 'People who wait for a quick match', read);
}

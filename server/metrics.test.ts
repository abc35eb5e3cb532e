import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricsText } from './metrics';
import './gateway/call-streams/counts';
import { countProof } from './tournaments/ledger/counts';
import './tournaments/payments/counts';
import { showWaiting } from './tournaments/queue/counts';
import './tournaments/reservations/counts';
import './upstream/counts';

const contract = readFileSync(new URL('../docs/CONTRACT.md', import.meta.url), 'utf8');

/** Names in a rule: `arcade_room_what_total {labels}`, and `…_what_total` after one of the same room. */
function namesIn(rule: string): string[] {
  const text = contract.split(`- **${rule}**`)[1]?.split(/\n(?=- \*\*|\n)/)[0] ?? '';
  let room = '';
  return [...text.matchAll(/`(arcade_[a-z]+|…)(_[a-z_0-9]+)/g)].map(([, head = '', tail = '']) => {
    if (head !== '…') room = head;
    return room + tail;
  });
}

// Gauges are there once somebody has something to read.
countProof(0);
showWaiting(() => 0);

describe('what the contract says is counted', () => {
  it.each(['QUEUE-12', 'SEAT-11', 'PAY-13', 'PAY-33', 'UP-11'])('%s names what there is', async (rule) => {
    const names = namesIn(rule);
    const { text } = await metricsText();
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(text).toContain(`# TYPE ${name} `);
  });
});

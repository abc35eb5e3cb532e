import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playExample } from './testing/example';

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

describe('the example in the README', () => {
  it('is the file that is run here', () => {
    const example = read('./testing/example.ts').trim();
    expect(read('./README.md')).toContain(`\`\`\`ts\n${example}\n\`\`\``);
    expect(example.split('\n').length).toBeLessThanOrEqual(63);
  });

  it('plays a match that both sides agree on, with rollbacks', () => {
    const { checksums, rollbacks } = playExample();
    expect(checksums[0]).toBeTypeOf('number');
    expect(checksums[0]).toBe(checksums[1]);
    expect(Math.min(...rollbacks)).toBeGreaterThan(10);
  });
});

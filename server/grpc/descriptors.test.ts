import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { descriptorModule } from '../../scripts/generate-descriptors.mjs';

it('reflection tells what proto/ says (npm run generate:proto)', () => {
  expect(readFileSync('server/grpc/generated/descriptors.ts', 'utf8')).toBe(descriptorModule());
});

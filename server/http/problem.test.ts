import { describe, expect, it } from 'vitest';
import { wantsProblem } from './problem';

describe('HTTP-9: problem details', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/*', false],
    ['application/json', false],
    ['text/html,application/xhtml+xml,*/*;q=0.8', false],
    ['application/problem+json', true],
    ['Application/Problem+JSON', true],
    ['application/json, application/problem+json', true],
    ['application/problem+json;q=0.5, application/json', false],
    ['application/problem+json;q=0.5, application/json;q=0.4', true],
    ['application/problem+json;q=0', false],
    ['application/problem+json;q=0.9, */*;q=0.1', true],
    ['application/problem+json;q=0.1, */*', false],
    ['application/problem+json;q=nonsense', false],
    [',,;q=1,', false],
  ])('Accept: %s → %s', (accept, isWanted) => {
    expect(wantsProblem(accept)).toBe(isWanted);
  });
});

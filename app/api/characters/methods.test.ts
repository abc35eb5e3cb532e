import { describe, expect, it } from 'vitest';
import * as matchups from '../matchups/route';
import * as character from './[id]/route';
import * as characters from './route';

describe.each([
  ['characters', characters],
  ['characters/:id', character],
  ['matchups', matchups],
])('/api/%s', (_name, route: object) => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('answers %s with the error envelope', async (method) => {
    const answer: unknown = Reflect.get(route, method);
    if (typeof answer !== 'function') throw new Error(`${method} is left to Next, whose answer is empty`);
    const response: unknown = answer();
    if (!(response instanceof Response)) throw new Error('not a response');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await response.json()).toEqual({
      status: 'error',
      code: 'METHOD_NOT_ALLOWED',
      message: expect.stringContaining('GET'),
      detail: null,
    });
  });

  it('tells OPTIONS what is allowed', () => {
    const answer: unknown = Reflect.get(route, 'OPTIONS');
    if (typeof answer !== 'function')
      throw new Error('OPTIONS is left to Next, which lists every method above');
    const response: unknown = answer();
    if (!(response instanceof Response)) throw new Error('not a response');
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });
});

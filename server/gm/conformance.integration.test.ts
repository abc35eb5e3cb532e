import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gameTurnResponse, narrativeResponse, npcResponseResponse, summaryResponse } from '../../proto/gm';
import { casesOf, REFUSED } from './testing/cases';
import { hasPython, startPythonGm } from './testing/python-gm';
import { serveGm, type TestGm, type Told } from './testing/serve';

/** One game master in TypeScript and one in Python: whoever asks can't tell which it is. */

const SEED = 20_261_127;
const ALIKE = 150;
const SHAPES: Readonly<Record<string, { parse(body: unknown): unknown }>> = {
  '/generate/narrative': narrativeResponse,
  '/generate/npc-response': npcResponseResponse,
  '/api/v1/game/turn': gameTurnResponse,
  '/api/v1/game/npc-turn': gameTurnResponse,
  '/api/v1/game/summary': summaryResponse,
};

async function tell(gm: TestGm, count: number) {
  const told: Told[] = [];
  for (const { path, body } of casesOf(SEED, count))
    told.push(await (body === undefined ? gm.get(path) : gm.post(path, body)));
  return told;
}

describe.each([
  ['embedded', () => serveGm()],
  ...(hasPython ? [['in Python', () => startPythonGm()] as const] : []),
] as const)('a game master %s', (_, start) => {
  let gm: TestGm;
  beforeAll(async () => {
    gm = await start();
  });
  afterAll(() => gm.close());

  it('GM-1: answers in the shapes of the wire', async () => {
    const told = await tell(gm, 60);
    casesOf(SEED, 60).forEach(({ path }, n) => {
      expect(told[n]?.status).toBe(200);
      SHAPES[path]?.parse(told[n]?.body);
    });
  });

  it.each(REFUSED)('GM-14: %s with %j is %i %s', async (path, body, status, at) => {
    const answer = await gm.post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      status: 'error',
      code: expect.any(String),
      message: expect.any(String),
    });
    if (status === 422) expect(answer.body.detail[0].loc).toContain(at);
  });

  it('GM-13: says how it is', async () => {
    expect((await gm.get('/health')).body).toEqual({ status: 'ok', db: 'none', model: 'not_configured' });
    expect((await gm.get('/')).body).toMatchObject({ service: 'ai-game-master' });
    expect(Object.keys((await gm.get('/openapi.json')).body.paths)).toContain('/generate/narrative');
  });
});

describe.runIf(hasPython)('both', () => {
  it('GM-1: give the same answers to the same requests', async () => {
    const [ours, theirs] = [await serveGm(), await startPythonGm()];
    try {
      const [mine, other] = await Promise.all([tell(ours, ALIKE), tell(theirs, ALIKE)]);
      casesOf(SEED, ALIKE).forEach((one, n) => {
        expect({ one, answer: other[n] }).toEqual({ one, answer: mine[n] });
      });
    } finally {
      await ours.close();
      await theirs.close();
    }
  });

  it('GM-14: with a key the one in Python wants it shown', async () => {
    const closed = await startPythonGm('a key of sixteen and more');
    expect((await closed.post('/generate/narrative', { session_id: 's' })).status).toBe(401);
    const headers = { 'x-internal-key': 'a key of sixteen and more' };
    const shown = await fetch(`${closed.origin}/api/v1/system/status`, { headers });
    expect(shown.status).toBe(200);
    expect((await closed.get('/health')).status).toBe(200);
    await closed.close();
  });
});

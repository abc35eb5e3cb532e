import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATE_ROUTES } from './routes/routes';
import { type House, openHouse } from './testing/house';
import { startSession } from './testing/sessions';
import { NOBODYS_ID } from './testing/tale';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** All that a player's token may do beside reading (DESIGN: start, pause, resume, end). */
const MAY = [
  'POST /state/session/start',
  'POST /state/session/:sid/pause',
  'POST /state/session/:sid/resume',
  'POST /state/session/:sid/end',
];
const filled = (path: string, sid: string, player: string) =>
  path.replace(':sid', sid).replace(':player', player).replace(':number', '0').replace(/:\w+/g, NOBODYS_ID);

describe('who may what', () => {
  it('STATE-2: nobody gets 401 on every route, before anything else is looked at', async () => {
    const ask = house.as(undefined);
    for (const { method, path } of STATE_ROUTES) {
      const { status, body } = await ask(method, filled(path, 'x', 'x'), method === 'GET' ? undefined : '{');
      expect([method, path, status, body.code]).toEqual([method, path, 401, 'UNAUTHENTICATED']);
    }
  });

  it('STATE-2: a player gets 403 for every write but start, pause, resume and end', async () => {
    const player = randomUUID();
    const { id, playerId } = await startSession(house.state, 'Own', player);
    const ask = house.as(`player ${player}`);
    const writes = STATE_ROUTES.filter(
      ({ method, path }) => method !== 'GET' && !MAY.includes(`${method} ${path}`),
    );
    expect(writes.length).toBe(27);
    for (const { method, path } of writes) {
      const { status } = await ask(method, filled(path, id, playerId), method === 'DELETE' ? undefined : {});
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    expect((await house.state.session(id)).turn).toBe(0);
  });

  it('STATE-2: a player reads, pauses, resumes and ends what is theirs; what is somebody else’s is not there', async () => {
    const [player, stranger] = [randomUUID(), randomUUID()];
    const session = await startSession(house.state, 'Mine', player);
    const routes = STATE_ROUTES.filter(
      ({ method, path }) =>
        /:sid|:player/.test(path) && (method === 'GET' || MAY.includes(`${method} ${path}`)),
    );
    expect(routes.length).toBeGreaterThan(30);
    const query = '?phase=rest&start_turn=0&end_turn=1&start=0&end=1';
    for (const who of [stranger, player])
      for (const { method, path } of routes) {
        const target = filled(path, session.id, session.playerId) + (method === 'GET' ? query : '');
        const { status } = await house.as(`player ${who}`)(method, target);
        expect([who === player, method, path, status]).toEqual([
          who === player,
          method,
          path,
          who === player ? 200 : 404,
        ]);
      }
    expect((await house.state.session(session.id)).status).toBe('ended');
  });

  it('STATE-2: lists show a player’s own sessions, and the arcade all', async () => {
    const player = randomUUID();
    const own = await startSession(house.state, 'Listed', player);
    house.clock.pass(1_000);
    const other = await startSession(house.state, 'Other', randomUUID());
    house.clock.pass(1_000);
    // The same text as a number is another user.
    await startSession(house.state, 'Number', 42);
    const ids = async (who: string) =>
      (await house.as(who)('GET', '/state/sessions')).body.data.map(
        ({ session_id }: { session_id: string }) => session_id,
      );
    expect(await ids(`player ${player}`)).toEqual([own.id]);
    expect(await ids('player 42')).toEqual([]);
    expect(await ids('trusted')).toEqual(expect.arrayContaining([own.id, other.id]));
    const page = await house.ask('GET', '/state/sessions?skip=1&limit=1');
    expect(page.body.data.map(({ session_id }: { session_id: string }) => session_id)).toEqual([other.id]);
    expect((await house.ask('GET', '/state/sessions?limit=101')).status).toBe(422);
  });

  it('STATE-2: a player starts for themselves, and users are answered as they were given', async () => {
    const player = randomUUID();
    const { scenarioId } = await startSession(house.state, 'For whom');
    const start = (who: string, body: object) =>
      house.as(who)('POST', '/state/session/start', { scenario_id: scenarioId, ...body });
    expect((await start(`player ${player}`, {})).body.data.user_id).toBe(player);
    expect((await start(`player ${player}`, { user_id: player })).status).toBe(200);
    expect((await start(`player ${player}`, { user_id: randomUUID() })).status).toBe(403);
    expect((await start('trusted', { user_id: 42 })).body.data.user_id).toBe(42);
    expect((await start('trusted', { user_id: '42' })).body.data.user_id).toBe('42');
    expect((await start('trusted', {})).body.data.user_id).toBeNull();
  });

  it('STATE-2: health and the document are for everybody, and the document has every route', async () => {
    const ask = house.as(undefined);
    expect((await ask('GET', '/state/health')).body).toEqual({ status: 'healthy' });
    expect((await ask('GET', '/state/health/db')).body).toEqual({ status: 'healthy', database: 'connected' });
    const { body } = await ask('GET', '/state/openapi.json');
    for (const { method, path } of STATE_ROUTES)
      expect(body.paths[path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(method.toLowerCase());
    expect(body.paths['/state/session/{sid}'].get.parameters[0]).toMatchObject({ name: 'sid', in: 'path' });
  });
});

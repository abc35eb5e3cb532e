import { SIGNALING_MSGPACK_PATH, SIGNALING_PATH } from '../../proto/signaling-limits';
import { loginWatch } from '../auth/login-watch';
import { readSession } from '../auth/session';
import { verifySignalToken } from '../auth/signal-token';
import type { Cluster } from '../cluster/cluster';
import { createLocalCluster } from '../cluster/local';
import { joinRedisCluster } from '../cluster/redis/redis-cluster';
import type { Db } from '../db/client';
import { databaseIdentity } from '../db/identity';
import { sideServer } from '../http/upgrades';
import { roomLogger } from '../logger';
import { gauge } from '../metrics';
import { grpcJudge, type Sessions } from '../sessions/sessions';
import { MAX_MESSAGE_BYTES } from '../signaling/dialects';
import { attachSignaling } from '../signaling/server';
import { recordEnd } from '../tournaments/running/record-end';
import { targetAt } from '../upstream/target';
import type { Http } from './http';
import type { Composition } from './run';
import type { Secrets } from './secrets';

/** Match sessions, and who wants to hear that one has ended. */
export interface SessionDesk {
  readonly sessions: Sessions;
  /** Called after an end and what hangs on it are written. */
  onSettled(listener: () => void): void;
}

/** The nodes that share the lobby and the fights: those with the same Redis and database, or this process alone. */
async function joinCluster(
  { config, parts }: Pick<Composition, 'config' | 'parts'>,
  db: Db,
): Promise<Cluster> {
  const url = config.REDIS_URL;
  if (url === undefined) return createLocalCluster();
  const join = async () =>
    joinRedisCluster({ url, arcade: await databaseIdentity(db), log: roomLogger('nodes') });
  return parts.start('nodes', join, {
    stop: (cluster) => cluster.close(),
    health: ({ nodes }) =>
      nodes.isCounted
        ? { status: 'ok', others: nodes.others().length }
        : { status: 'degraded', message: 'the nodes’ Redis is away' },
  });
}

/**
 * Signaling on the HTTP server, with the judge behind its address. It is started when the sessions
 * that an earlier process left behind are put right. The end of a fight is written with what it means for ratings and
 * tournaments.
 */
export async function startSignaling(
  { config, parts }: Composition,
  http: Http,
  db: Db,
  secrets: Secrets,
): Promise<SessionDesk> {
  const cluster = await joinCluster({ config, parts }, db);
  let settled = () => {};
  const signaling = await parts.start(
    'signaling',
    async () => {
      const side = sideServer();
      const server = attachSignaling({
        httpServer: side.server,
        db,
        config,
        verifyToken: (token) => verifySignalToken(token, db),
        readCookieUser: (cookie) => readSession(cookie, db),
        watchLogin: (login, onEnd) => loginWatch().watch(login, onEnd),
        watchPlayer: (playerId, onRemoved) => loginWatch().watchPlayer(playerId, onRemoved),
        matchClient: grpcJudge(targetAt(config.matchAddress, config.GRPC_USE_TLS), secrets),
        log: roomLogger('signaling'),
        cluster,
        onEnded: recordEnd,
        onSettled: () => settled(),
      });
      for (const path of [SIGNALING_PATH, SIGNALING_MSGPACK_PATH]) {
        http.routes.mount(`${path}/`, (req, res) => void side.server.emit('request', req, res), {
          maxBodyBytes: MAX_MESSAGE_BYTES,
        });
        http.upgrades.serve(`${path}/`, side.upgrade);
      }
      await server.ready;
      return server;
    },
    {
      stop: (server) => server.close(),
      health: (server) => ({ status: 'ok', connections: server.connections() }),
    },
  );
  gauge('arcade_signaling_connections', 'Live signaling connections, one a player', () =>
    signaling.connections(),
  );
  return {
    sessions: signaling.sessions,
    onSettled(listener) {
      settled = listener;
    },
  };
}

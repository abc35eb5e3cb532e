import { publishAuthSecret } from '../../auth/secrets';
import { issueSignalToken } from '../../auth/signal-token';
import type { PrismaClient } from '../../db/generated/client';
import { createTestDatabase } from '../../db/testing';
import { type ServiceProcess, startService } from '../../gateway/testing/processes';
import { addPlayer } from '../../sessions/testing/players';
import { startTestRedis, type TestRedis } from '../../tournaments/queue/testing/redis';
import { Player } from './player';

const SECRET = 'a secret of at least thirty-two characters';

/** One of several processes that carry an arcade. */
export interface ArcadeNode {
  readonly url: string;
  readonly isUp: boolean;
  /** kill -9. */
  kill(): Promise<void>;
  /** Asks it to stop. */
  stop(): Promise<void>;
  /** Starts one in its place. */
  start(): Promise<void>;
}

/** An arcade of several real processes: signaling nodes, each with a judge of its own, one PostgreSQL, one Redis. */
export interface NodesArcade {
  readonly db: PrismaClient;
  readonly redis: TestRedis;
  readonly nodes: readonly ArcadeNode[];
  addPlayer(name: string): Promise<string>;
  /** A line to one of the nodes, `ready` heard. */
  connect(node: ArcadeNode, playerId: string, clientId?: string): Promise<Player>;
  close(): Promise<void>;
}

export async function startNodes(count: number): Promise<NodesArcade> {
  const [database, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
  publishAuthSecret(SECRET);
  const players = new Set<Player>();
  const running = new Set<ServiceProcess>();

  async function startProcess(entry: string, env: Record<string, string>): Promise<ServiceProcess> {
    const started = await startService(entry, { AUTH_SECRET: SECRET, ...env });
    running.add(started);
    return started;
  }

  async function startNode(): Promise<ArcadeNode> {
    const judge = await startProcess('server/start-game.ts', {});
    let own: ServiceProcess | undefined;
    async function start(): Promise<void> {
      own = await startProcess('server/start-signaling.ts', {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        MATCH_GRPC_ADDRESS: judge.grpc,
      });
    }
    await start();
    return {
      get url() {
        return own?.origin ?? '';
      },
      get isUp() {
        return own !== undefined;
      },
      async kill() {
        const dying = own;
        own = undefined;
        await dying?.kill();
      },
      async stop() {
        const stopping = own;
        own = undefined;
        await stopping?.close();
      },
      start,
    };
  }

  const nodes = await Promise.all(Array.from({ length: count }, startNode));
  return {
    db: database.db,
    redis,
    nodes,
    addPlayer: (name) => addPlayer(database.db, name),
    async connect(node, playerId, clientId) {
      const { token } = await issueSignalToken({ playerId, epoch: 0, loginId: playerId });
      const player = new Player(node.url, playerId, { token, ...(clientId ? { clientId } : {}) });
      players.add(player);
      await player.hear('ready');
      return player;
    },
    async close() {
      for (const player of players) player.close();
      await Promise.all([...running].map((process) => process.kill()));
      await redis.stop();
      await database.drop();
    },
  };
}

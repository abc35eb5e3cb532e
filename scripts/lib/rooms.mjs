/**
 * The rooms of the house and what each may import: ARCHITECTURE.md's table, as rules. A folder without a row fails
 * the check, so does a row without a folder; a test breaks each row once and sees that the check notices.
 *
 * Everybody in `server/`, and `app/_server`, may use the floor (the files that lie directly in it). From `server/` the pages' rooms get
 * types only (another rule sees to that); packages are not the business of this table.
 */
export const ROOMS = {
  'engine/rollback': [],
  'engine/fighter': ['engine/rollback'],
  'engine/bots': ['engine/fighter'],
  'engine/nn': [],
  'engine/learning': ['engine/fighter', 'engine/nn'],

  proto: [],

  'server/db': [],
  'server/grpc': [],
  'server/upstream': ['server/grpc', 'proto'],
  'server/auth': ['server/db'],
  'server/records': ['server/db', 'proto', 'engine/fighter'],
  'server/flags': ['server/db', 'server/records'],
  'server/sessions': [
    'server/db',
    'server/grpc',
    'server/records',
    'server/upstream',
    'proto',
    'engine/fighter',
  ],
  'server/tournaments': [
    'server/auth',
    'server/db',
    'server/grpc',
    'server/records',
    'server/sessions',
    'proto',
    'engine/fighter',
  ],
  'server/gateway': [
    'server/auth',
    'server/db',
    'server/flags',
    'server/grpc',
    'server/http',
    'server/records',
    'server/tournaments',
    'server/upstream',
  ],
  'server/arcade': ['server/db', 'server/game', 'server/state', 'proto', 'engine/fighter'],
  'server/signaling': ['server/sessions', 'proto', 'engine/fighter'],
  'server/game': ['server/db', 'server/grpc', 'proto', 'engine/fighter', 'engine/bots'],
  'server/training': [
    'server/db',
    'server/grpc',
    'server/upstream',
    'engine/learning',
    'engine/fighter',
    'engine/bots',
  ],
  'server/streams': [
    'server/auth',
    'server/db',
    'server/grpc',
    'server/game',
    'server/training',
    'server/upstream',
  ],
  'server/rules': ['server/game', 'server/http', 'proto', 'engine/bots', 'engine/fighter'],
  'server/trpc': [
    'server/arcade',
    'server/auth',
    'server/db',
    'server/flags',
    'server/game',
    'server/gateway',
    'server/records',
    'server/state',
    'server/streams',
    'server/tournaments',
    'server/training',
    'server/upstream',
    'proto',
    'engine/fighter',
  ],
  'server/http': ['server/auth', 'server/streams', 'server/trpc'],
  'server/ladders': ['proto'],
  'server/gm': ['server/http', 'server/ladders', 'server/upstream', 'proto'],
  'server/state': ['server/db', 'server/http', 'proto'],
  'server/process': [
    'server/auth',
    'server/db',
    'server/flags',
    'server/game',
    'server/gateway',
    'server/grpc',
    'server/http',
    'server/records',
    'server/rules',
    'server/sessions',
    'server/signaling',
    'server/streams',
    'server/tournaments',
    'server/training',
    'server/upstream',
    'proto',
  ],

  'app/_i18n': [],
  'app/_server': [],
  'app/_lib': ['app/_i18n', 'server/auth', 'server/trpc'],
  'app/_ui': ['app/_lib', 'app/_i18n', 'engine/fighter'],
  'app/_stage': ['app/_ui', 'engine/fighter'],
  'app/_stills': ['app/_stage', 'app/_ui', 'engine/fighter'],
  'app/_line': ['app/_lib', 'proto', 'server/trpc'],
  'app/_match': ['app/_line', 'proto', 'engine/fighter', 'engine/rollback'],
  'app/_moves': ['app/_lib', 'app/_match', 'app/_ui', 'engine/fighter'],
  'app/_play': [
    'app/_lib',
    'app/_line',
    'app/_match',
    'app/_moves',
    'app/_stage',
    'app/_ui',
    'engine/fighter',
    'engine/rollback',
  ],
  'app/_practice': [
    'proto',
    'app/_lib',
    'app/_match',
    'app/_moves',
    'app/_play',
    'app/_stage',
    'app/_ui',
    'engine/bots',
    'engine/fighter',
  ],
  'app/_watch': ['app/_lib', 'app/_stage', 'app/_ui', 'engine/fighter', 'proto', 'server/streams'],
  'app/_charts': ['app/_ui'],
  'app/_training': ['app/_charts', 'app/_lib', 'app/_ui', 'engine/bots', 'server/training'],
  'app/_lobby': ['app/_line', 'app/_stage', 'app/_ui', 'app/_watch', 'engine/fighter', 'proto'],
  'app/_tournaments': [
    'app/_lib',
    'app/_line',
    'app/_stage',
    'app/_ui',
    'app/_watch',
    'engine/fighter',
    'proto',
    'server/tournaments',
  ],
  'app/_home': [
    'app/_lib',
    'app/_match',
    'app/_practice',
    'app/_ui',
    'app/_watch',
    'engine/fighter',
    'server/streams',
  ],
  'app/_auth': ['app/_home', 'app/_lib', 'app/_server', 'app/_ui'],
  'app/_admin': ['app/_i18n', 'app/_lib', 'app/_ui', 'engine/fighter', 'proto'],
};

/** A room's files, as a pattern: the room itself, not another whose name begins alike. */
export const inRoom = (room) => `^${room.replaceAll('/', '\\/')}\\/`;

/** Files that lie directly in `server/`: configuration, errors, log, metrics. */
export const SERVER_FLOOR = '^server/[^/]+\\.ts$';

/** One rule a room: of our own code it imports itself and what its row names. */
export function roomRules(tests) {
  return Object.entries(ROOMS).map(([room, imports]) => ({
    name: `room ${room}`,
    comment: `${room} imports nothing of ours beside ${imports.join(', ') || 'itself'} (scripts/lib/rooms.mjs).`,
    severity: 'error',
    from: { path: inRoom(room), pathNot: tests },
    to: {
      path: '^(app|engine|proto|server)/',
      pathNot: [
        inRoom(room),
        ...imports.map(inRoom),
        ...(/^server\/|^app\/_server$/.test(room) ? [SERVER_FLOOR] : []),
        '/generated/',
      ],
    },
  }));
}

import { inRoom, ROOMS, roomRules, SERVER_FLOOR } from './scripts/lib/rooms.mjs';

/**
 * The arrows between the rooms: app → engine, proto; server → engine, proto; app → server as types, and
 * in route handlers and server components. The engine imports nothing.
 */
const TESTS = ['\\.test\\.tsx?$', '/testing/', '/testing\\.ts$', '/testing-setup\\.ts$'];
const SERVER_SIDE_OF_APP = [
  '^app/.*(route|page|layout|template|default|not-found|opengraph-image)\\.tsx?$',
  '^app/_server/',
  '^app/_i18n/request\\.ts$',
  // Marked with `server-only`: a client component that imports it does not build.
  '^app/_lib/viewer\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomRules(TESTS),
    {
      name: 'every folder is a room',
      comment: 'A new folder takes a row of scripts/lib/rooms.mjs and of ARCHITECTURE.md.',
      severity: 'error',
      from: {
        path: '^(engine|server)/[^/]+/|^app/_',
        pathNot: [...TESTS, ...Object.keys(ROOMS).map(inRoom)],
      },
      to: {},
    },
    {
      name: 'the floor of the server',
      comment:
        'Files directly in server/ import each other only; composition roots import process and what they print.',
      severity: 'error',
      from: { path: SERVER_FLOOR, pathNot: [...TESTS, '^server/(main|start-[a-z]+)\\.ts$'] },
      to: { path: '^(app|client|engine|proto|server)/', pathNot: [SERVER_FLOOR] },
    },
    {
      name: 'composition roots',
      comment: 'They list the parts of a process and nothing else.',
      severity: 'error',
      from: { path: '^server/(main|start-[a-z]+)\\.ts$' },
      to: {
        path: '^(app|engine|proto|server)/',
        pathNot: ['^server/process/', '^server/auth/admin\\.ts$', SERVER_FLOOR],
      },
    },
    {
      name: 'the face of the sessions',
      comment: 'What is behind server/sessions/sessions.ts may move to another machine.',
      severity: 'error',
      from: { path: '^(app|server)/', pathNot: [...TESTS, '^server/sessions/'] },
      to: { path: '^server/sessions/', pathNot: '^server/sessions/sessions\\.ts$' },
    },
    {
      name: 'a fight needs no React',
      comment:
        'The netcode host, the devices and the line run without a page: in a test, or in a headless client.',
      severity: 'error',
      from: { path: '^app/_match/', pathNot: TESTS },
      to: { path: '^node_modules/(react|react-dom|next|next-intl)/' },
    },
    {
      name: 'engine-stands-alone',
      comment: 'The engine is pure TypeScript: it imports nothing from outside its folder.',
      severity: 'error',
      from: { path: '^engine/', pathNot: TESTS },
      to: { pathNot: '^engine/' },
    },
    {
      name: 'server-never-app',
      comment: 'The server knows nothing of the pages; Next is told where they are.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^app/' },
    },
    {
      name: 'app-takes-types-from-server',
      comment: 'Only route handlers, server components and app/_server run the server’s code.',
      severity: 'error',
      from: { path: '^app/', pathNot: [...SERVER_SIDE_OF_APP, ...TESTS] },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'proto-takes-only-zod-mini',
      comment: 'The browser carries what proto/ imports; the proof of a draw needs SHA-256, too.',
      severity: 'error',
      from: { path: '^proto/', pathNot: TESTS },
      to: { pathNot: ['^proto/', '^node_modules/zod/.*mini/', '^node_modules/@noble/hashes/'] },
    },
    {
      name: 'sources-never-tests',
      comment: 'What tests need stays out of what is shipped.',
      severity: 'error',
      from: { path: '^(app|client|engine|proto|server)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other are one file; types are exempt.',
      severity: 'error',
      from: { pathNot: '/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports it and nothing starts it (ticker.ts is a worker, started by its URL).',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          ...TESTS,
          '/ticker\\.ts$',
          '\\.d\\.ts$',
          '^server/(main|start-)',
          '/generated/',
          ...SERVER_SIDE_OF_APP,
        ],
      },
      to: {},
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that package.json does not name may be gone tomorrow.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'no-dev-packages-in-server',
      comment: 'A production installation leaves them out.',
      severity: 'error',
      // source-thread.mjs runs in development only.
      from: { path: '^(server|engine|proto)/', pathNot: [...TESTS, '^server/source-thread'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)generated/', '\\.css$'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};

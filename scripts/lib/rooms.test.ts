import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOMS } from './rooms.mjs';
import { bin, ROOT } from './steps.mjs';

const rooms: Record<string, readonly string[]> = ROOMS;
const names = Object.keys(rooms);

function foldersIn(parent: string, keep: (name: string) => boolean): string[] {
  return readdirSync(join(ROOT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && keep(entry.name))
    .map((entry) => `${parent}/${entry.name}`);
}

/** Rules that are not a row, each with a file that breaks it and what the file imports. */
const OTHERS: readonly (readonly [rule: string, from: string, imported: string])[] = [
  ['every folder is a room', 'server/annexe/probe.ts', 'server/db/room.ts'],
  ['every folder is a room', 'app/_annexe/probe.ts', 'app/_ui/room.ts'],
  ['the floor of the server', 'server/probe.ts', 'server/db/room.ts'],
  ['composition roots', 'server/main.ts', 'server/game/room.ts'],
  ['the face of the sessions', 'server/signaling/probe-face.ts', 'server/sessions/room.ts'],
  ['engine-stands-alone', 'engine/nn/probe-out.ts', 'proto/room.ts'],
  ['server-never-app', 'server/http/probe-app.ts', 'app/_ui/room.ts'],
  ['app-takes-types-from-server', 'app/_watch/probe-server.ts', 'server/streams/room.ts'],
];

/** Something that a room may not import. */
function forbiddenTo(room: string): string {
  const taken = new Set([room, ...(rooms[room] ?? [])]);
  const found = names.find((name) => !taken.has(name));
  if (found === undefined) throw new Error(`${room} may import everything`);
  return found;
}

let house = '';
let found: { readonly rule: { readonly name: string }; readonly from: string }[] = [];

function put(path: string, imported?: string): void {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  const specifier = imported && relative(dirname(file), join(house, imported)).replace(/^(?!\.)/, './');
  writeFileSync(
    file,
    specifier ? `import { room } from '${specifier}';\nconsole.log(room);\n` : 'export const room = 1;\n',
  );
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'arcade-rooms-'));
  for (const room of names) {
    put(`${room}/room.ts`);
    put(`${room}/probe.ts`, `${forbiddenTo(room)}/room.ts`);
  }
  for (const [, from, imported] of OTHERS) put(from, imported);
  for (const path of [
    'tsconfig.json',
    'tsconfig.base.json',
    '.dependency-cruiser.mjs',
    'scripts/lib/rooms.mjs',
  ]) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), readFileSync(join(ROOT, path)));
  }
  const [node = process.execPath, ...script] = bin('dependency-cruiser/bin/dependency-cruise.mjs');
  const report = execFileSync(
    node,
    [
      ...script,
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'app',
      'client',
      'engine',
      'examples',
      'proto',
      'server',
    ],
    { cwd: house, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  found = JSON.parse(report).summary.violations;
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the map of the rooms', () => {
  it('has a row for every folder, and a folder for every row', () => {
    const folders = [
      ...foldersIn('engine', () => true),
      ...foldersIn('server', () => true),
      ...foldersIn('app', (name) => name.startsWith('_')),
      'client',
      'examples',
      'proto',
    ];
    expect(names.toSorted()).toEqual(folders.toSorted());
  });

  it('is the table of ARCHITECTURE.md, row for row', () => {
    const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const table = new Map<string, string[]>();
    for (const [, room = '', imports = ''] of text.matchAll(/^\| `([^`|]+)` \|[^|]*\| ([^|]*) \|$/gm))
      table.set(room, [...imports.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).toSorted());
    for (const room of names)
      expect({ room, imports: table.get(room) }).toEqual({ room, imports: rooms[room]?.toSorted() });
    expect([...table.keys()].filter((room) => !(room in rooms))).toEqual([]);
  });

  it.each(names)('is enforced: %s can not import another room', (room) => {
    expect(found).toContainEqual(
      expect.objectContaining({
        from: `${room}/probe.ts`,
        rule: expect.objectContaining({ name: `room ${room}` }),
      }),
    );
  });

  it.each(OTHERS)('is enforced: %s, broken by %s', (rule, from) => {
    expect(found).toContainEqual(
      expect.objectContaining({ from, rule: expect.objectContaining({ name: rule }) }),
    );
  });
});

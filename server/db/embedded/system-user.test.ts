import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canReach, findUser } from './system-user';

let folder: string;
const stranger = { uid: 4_000_001, gid: 4_000_001 };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcade-reach-'));
  mkdirSync(join(folder, 'inner'), { mode: 0o755 });
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe('canReach', () => {
  it('says no to a stranger when a folder above is closed', () => {
    chmodSync(folder, 0o700);
    expect(canReach(join(folder, 'inner'), stranger)).toBe(false);
    expect(canReach(join(folder, 'inner/not/yet'), stranger)).toBe(false);
  });

  it('says yes when each folder above lets others pass', () => {
    chmodSync(folder, 0o711);
    expect(canReach(join(folder, 'inner/not/yet'), stranger)).toBe(true);
  });

  it('looks at the owner’s bit for the owner', () => {
    chmodSync(folder, 0o077);
    expect(canReach(folder, { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 })).toBe(false);
  });
});

describe('findUser', () => {
  const passwd =
    'root:x:0:0:root:/root:/bin/sh\n# a comment\npostgres:x:101:104:PostgreSQL,,,:/var/lib:/bin/sh\n';

  it('reads name, uid and gid', () => {
    expect(findUser(({ name }) => name === 'postgres', passwd)).toEqual({
      name: 'postgres',
      uid: 101,
      gid: 104,
    });
    expect(findUser(({ uid }) => uid === 5, passwd)).toBeUndefined();
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode } from './setup.mjs';
import { digest } from './stamps.mjs';
import { ROOT } from './steps.mjs';

describe('checkNode', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('takes Node %s', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(['18.20.4', '20.18.3', '21.7.3', '22.11.0'])('refuses Node %s and says what to do', (version) => {
    expect(() => checkNode(version)).toThrow(
      new RegExp(`this is ${version.replaceAll('.', '\\.')}[^]*nvm install`),
    );
  });
});

describe('the digest that decides whether a build is stale', () => {
  let folder: string;
  const path = () => relative(ROOT, folder).replaceAll('\\', '/');
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  beforeEach(() => {
    mkdirSync(join(ROOT, '.build'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.build/digest-'));
    mkdirSync(join(folder, 'generated'));
    write('a.ts', 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('changes with a content, a name, and a file that comes or goes', () => {
    const seen = new Set([digest([path()])]);
    write('a.ts', 'two');
    seen.add(digest([path()]));
    write('b.ts', 'two');
    seen.add(digest([path()]));
    rmSync(join(folder, 'a.ts'));
    seen.add(digest([path()]));
    expect(seen.size).toBe(4);
  });

  it('stays when a file is only touched, or what changes is a test or generated', () => {
    const before = digest([path()]);
    write('a.ts', 'one');
    write('a.test.ts', 'a test');
    write('generated/client.ts', 'made from something else');
    expect(digest([path()])).toBe(before);
  });

  it('takes a path that does not exist as empty', () => {
    expect(digest(['no/such/folder'])).toBe(digest([]));
  });
});

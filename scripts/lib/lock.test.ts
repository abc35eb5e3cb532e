import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { incomplete } from './lock.mjs';

const entry = z.looseObject({ integrity: z.string().optional(), resolved: z.string().optional() });
const lockFile = z.object({ packages: z.record(z.string(), entry) });

describe.each(['package-lock.json', 'bench/rollback/package-lock.json'])('%s', (name) => {
  const path = fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const { packages } = lockFile.parse(JSON.parse(readFileSync(path, 'utf8')));

  it('holds the integrity of every package, those of other platforms included', () => {
    expect(incomplete(packages)).toEqual([]);
    for (const { integrity } of Object.values(packages))
      if (integrity !== undefined) expect(integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  });

  it('names no registry', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });

  it('holds the package of each platform that an optional dependency names', () => {
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(z.record(z.string(), z.string()).parse(optionalDependencies ?? {})),
    );
    const places = Object.keys(packages);
    expect(wanted.filter((one) => !places.some((place) => place.endsWith(`node_modules/${one}`)))).toEqual(
      [],
    );
  });
});

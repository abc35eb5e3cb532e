/**
 * `npm run db:migration -- <name>`: writes the SQL that leads from the last migrated schema to
 * prisma/schema.prisma. Works offline: schema to schema, no database. Read the SQL before you commit it.
 * With `--check` it writes nothing and fails when the schema has changes that no migration makes.
 */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schemaFile = join(root, 'prisma/schema.prisma');
const migrations = join(root, 'prisma/migrations');

/** The schema engine is built for bundlers: its WebAssembly is wired up by hand here. */
async function loadEngine() {
  const require = createRequire(import.meta.url);
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const ok = (value) => ({ ok: true, value, map: (change) => ok(change(value)) });
  const unused = () => {
    throw new Error('A diff of two schemas should touch no database.');
  };
  const [int32, boolean, text] = [0, 5, 7];
  const connection = {
    provider: 'postgres',
    adapterName: 'offline',
    getConnectionInfo: () => ok({ schemaName: 'public', supportsRelationJoins: true }),
    // All it asks before a diff: is there such a schema, and which version is the server?
    queryRaw: async () =>
      ok({
        columnNames: ['exists', 'version', 'numeric_version'],
        columnTypes: [boolean, text, int32],
        rows: [[true, 'PostgreSQL 18.4', 180004]],
      }),
    executeRaw: unused,
    executeScript: unused,
    startTransaction: unused,
    dispose: async () => ok(undefined),
  };
  const connect = async () => ok(connection);
  const adapter = { provider: 'postgres', adapterName: 'offline', connect, connectToShadowDb: connect };
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}

const datamodel = async (path) => ({
  tag: 'schemaDatamodel',
  files: [{ path, content: await readFile(path, 'utf8') }],
});

/** SQL from the last migrated schema to the current one; empty when there is nothing to do. */
async function difference(last) {
  const engine = await loadEngine();
  const { stdout } = await engine.diff({
    from: last ? await datamodel(join(migrations, last, 'schema.prisma')) : { tag: 'empty' },
    to: await datamodel(schemaFile),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  // Creating the schema takes a right that hosted databases often withhold, and it is there already.
  const sql = (stdout ?? '').replace('-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n', '').trim();
  return sql === '' || sql.startsWith('-- This is an empty migration') ? '' : `${sql}\n`;
}

async function existing() {
  const entries = await readdir(migrations, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const [name] = process.argv.slice(2);
if (!name || !/^(--check|[a-z0-9_]+)$/.test(name)) {
  console.error('Usage: npm run db:migration -- <name_in_lower_case>   (or --check)');
  process.exit(2);
}
const sql = await difference((await existing()).at(-1));
if (name === '--check') {
  if (sql) {
    console.error(
      `prisma/schema.prisma has changes without a migration (npm run db:migration -- <name>):\n${sql}`,
    );
    process.exit(1);
  }
} else if (!sql) {
  console.log('The schema has not changed since the last migration.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrations, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await cp(schemaFile, join(folder, 'schema.prisma'));
  await writeFile(
    join(migrations, 'migration_lock.toml'),
    '# Tells `prisma migrate` which dialect the SQL is in.\nprovider = "postgresql"\n',
  );
  console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
}

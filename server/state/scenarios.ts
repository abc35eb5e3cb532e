import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Scenario, type ScenarioInput, scenario as scenarioSchema } from '../../proto/scenario';
import type { Scenario as ScenarioRow } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { MAX_SCENARIOS, type Page } from './limits';
import { checkReferences, type ReferenceFault } from './references';
import { toJson } from './rows/json';
import type { Tx } from './rows/tx';
import { versionContent } from './rows/versions';

/** Any number, the same in every process: injections take turns, so that titles and counts stay right. */
const INJECTIONS = 7_301_001;

export interface ScenarioCheck {
  readonly isValid: boolean;
  readonly faults: readonly ReferenceFault[];
  readonly summary: { readonly npcs: number; readonly enemies: number; readonly relations: number };
}

/** Looks whether every reference of a scenario leads somewhere. */
export function validate(given: ScenarioInput): ScenarioCheck {
  const parsed = scenarioSchema.parse(given);
  const { faults } = checkReferences(parsed);
  const { npcs, enemies, relations } = parsed;
  return {
    isValid: faults.length === 0,
    faults,
    summary: { npcs: npcs.length, enemies: enemies.length, relations: relations.length },
  };
}

/** What is wrong with one reference, in words. */
export function faultText({ type, path, name }: ReferenceFault): string {
  const where = path.join('.');
  return type === 'duplicate' ? `${where}: "${name}" is there twice` : `${where}: there is no "${name}"`;
}

function refuse(faults: readonly ReferenceFault[]): AppError {
  const first = faults[0] ? faultText(faults[0]) : '';
  return new AppError('UNPROCESSABLE', `The scenario refers to what it does not have: ${first}.`, {
    faults: faults.slice(0, 50).map((fault) => ({
      type: fault.type,
      loc: ['body', ...fault.path],
      msg: faultText(fault),
      input: fault.name,
    })),
  });
}

/**
 * Keeps a scenario under its title: a new version where its content is new, while running sessions keep theirs.
 * @param isStrict refuses unknown references; else they are dropped
 * @param ifVersion the version that must be the newest, 0 for none; any when it is undefined
 * @param isBundled it comes with the arcade: nobody else may write what has its title
 * @throws {AppError} UNPROCESSABLE with the list of unknown references, CONFLICT when there are too many scenarios,
 *   when somebody else has changed it, or when the title is one that comes with the arcade
 */
export function inject(
  ctx: StateContext,
  given: ScenarioInput,
  {
    isStrict = true,
    ifVersion,
    isBundled = false,
  }: { isStrict?: boolean; ifVersion?: number | undefined; isBundled?: boolean } = {},
): Promise<ScenarioRow> {
  const { clean, faults } = checkReferences(scenarioSchema.parse(given));
  if (isStrict && faults.length > 0) throw refuse(faults);
  // An id that is given means nothing here.
  const content: Scenario = { ...clean, scenario_id: null };
  return ctx.change(async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(${INJECTIONS}::bigint)::text`;
    const at = new Date(ctx.clock.now());
    const known = await tx.scenario.findUnique({ where: { title: content.title } });
    const newest = known?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== newest)
      throw new AppError('CONFLICT', `"${content.title}" has version ${newest} by now, not ${ifVersion}.`, {
        detail: { newest },
      });
    if (known && (await holds(tx, known, content))) return known;
    if (!isBundled && ctx.bundledTitles.has(content.title)) throw bundledTitle(content.title);
    return known ? renew(tx, known, content, at) : create(tx, content, at);
  });
}

function bundledTitle(title: string): AppError {
  return new AppError('CONFLICT', `"${title}" comes with the arcade: give yours another title.`, {
    detail: { reason: 'bundled_title', title },
  });
}

/** Whether a scenario's newest version is this. */
async function holds(tx: Tx, { id, version }: ScenarioRow, content: Scenario): Promise<boolean> {
  const newest = await tx.scenarioVersion.findUnique({
    where: { scenarioId_version: { scenarioId: id, version } },
  });
  return isDeepStrictEqual(newest?.content, toJson(content));
}

async function create(tx: Tx, content: Scenario, at: Date): Promise<ScenarioRow> {
  if ((await tx.scenario.count()) >= MAX_SCENARIOS)
    throw new AppError('CONFLICT', `There are ${MAX_SCENARIOS} scenarios already.`, {
      detail: { maxScenarios: MAX_SCENARIOS },
    });
  const { title, description = null } = content;
  const row = await tx.scenario.create({
    data: { id: randomUUID(), title, description, version: 1, createdAt: at, updatedAt: at },
  });
  await keepVersion(tx, row, content, at);
  return row;
}

async function renew(tx: Tx, known: ScenarioRow, content: Scenario, at: Date): Promise<ScenarioRow> {
  const row = await tx.scenario.update({
    where: { id: known.id },
    data: { description: content.description ?? null, version: known.version + 1, updatedAt: at },
  });
  await keepVersion(tx, row, content, at);
  // Nobody can start an old version any more.
  await tx.scenarioVersion.deleteMany({
    where: { scenarioId: known.id, version: { lt: row.version }, sessions: { none: {} } },
  });
  return row;
}

async function keepVersion(tx: Tx, { id, version }: ScenarioRow, content: Scenario, at: Date): Promise<void> {
  await tx.scenarioVersion.create({
    data: { id: randomUUID(), scenarioId: id, version, content: toJson(content), createdAt: at },
  });
}

/** @throws {AppError} NOT_FOUND */
export async function scenarioInfo(ctx: StateContext, id: string): Promise<ScenarioRow> {
  const row = await ctx.db.scenario.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND', `There is no scenario ${id}.`);
  return row;
}

/** Newest first. */
export function listScenarios(ctx: StateContext, { skip, limit }: Page): Promise<ScenarioRow[]> {
  return ctx.db.scenario.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip,
    take: limit,
  });
}

/** The newest version of a scenario, as it can be injected again. @throws {AppError} NOT_FOUND */
export async function exportScenario(ctx: StateContext, id: string): Promise<Scenario> {
  const row = await ctx.db.scenarioVersion.findFirst({
    where: { scenarioId: id },
    orderBy: { version: 'desc' },
    select: { id: true },
  });
  if (!row) throw new AppError('NOT_FOUND', `There is no scenario ${id}.`);
  const content = await versionContent(ctx.db, ctx.versions, row.id);
  return { ...content, scenario_id: id };
}

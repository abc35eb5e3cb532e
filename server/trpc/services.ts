import { z } from 'zod';
import { getDb } from '../db/client';
import { type FlagState, readFlags, type SwitchKey } from '../flags/flags';
import type { PartHealth } from '../health';
import { takePoolFigures } from '../records/pool-figures';
import { type BoardWay, type ServiceBoard, serviceBoard } from '../upstream/service-board';

const status = z.enum(['ok', 'degraded', 'down', 'off']);
type Status = z.infer<typeof status>;

const way = z.object({
  protocol: z.string(),
  /** Null where calls come in: nothing stands between. */
  breaker: z.enum(['closed', 'open', 'half-open']).nullable(),
  /** Until the next trial; 0 when a call would be let through. Milliseconds. */
  closedForMs: z.number(),
  /** Of the last minute, milliseconds. */
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  active: z.int(),
  waiting: z.int(),
  /** Of the last hour. */
  retries: z.int(),
  /** Oldest first; minutes without a call are left out. */
  minutes: z.array(z.object({ at: z.number(), calls: z.int(), errors: z.int(), retries: z.int() })),
  objective: z.object({
    target: z.number(),
    calls: z.int(),
    errors: z.int(),
    /** 1: all of it; below 0: more errors than the objective allows. */
    budgetLeft: z.number(),
  }),
  lastErrors: z.array(z.object({ at: z.number(), code: z.string(), message: z.string() })),
});

const service = z.object({
  /** As the process calls the part, such as `database` or `rule engine`. */
  name: z.string(),
  status,
  /** What it says of itself, in one line. */
  note: z.string().nullable(),
  /** Present where admins can take it out of use. */
  use: z.object({ flag: z.string(), isUsed: z.boolean(), version: z.int() }).nullable(),
  ways: z.array(way),
});

/** Every service of the arcade and behind it, the ones in trouble first. */
export const servicesView = z.object({
  /** Unix ms. */
  at: z.number(),
  services: z.array(service),
});
type ServiceView = z.infer<typeof service>;

/** A query of the pool beyond this shows that it is short of connections. Milliseconds. */
const SLOW_POOL_MS = 250;

/** What a way's service is called among the parts. */
const PART_OF = {
  gateway: 'gateway',
  game: 'exhibitions',
  judge: 'judge',
  training: 'training',
  reservation: 'upstream reservation',
  payment: 'upstream payment',
  rule_engine: 'rule engine',
  ai_gm: 'ai gm',
} as const satisfies Record<BoardWay['service'], string>;

const SWITCH_OF: Readonly<Record<string, SwitchKey>> = {
  'rule engine': 'use.rule-engine',
  'ai gm': 'use.ai-gm',
};

const ORDER = ['down', 'degraded', 'off', 'ok'] as const satisfies readonly Status[];

/** Looks at everything once. */
export async function lookAtServices(
  board: ServiceBoard = serviceBoard(),
  db: Parameters<typeof readFlags>[0] & Parameters<typeof takePoolFigures>[0] = getDb(),
): Promise<z.infer<typeof servicesView>> {
  const [parts, pool, flags] = await Promise.all([
    board.parts(),
    takePoolFigures(db),
    // A database that is away is what the board shows, not what it fails with.
    readFlags(db).catch((): readonly FlagState[] => []),
  ]);
  return { at: Date.now(), services: viewServices(withPool(parts, pool), board.ways(), flags) };
}

function withPool(
  parts: Readonly<Record<string, PartHealth>>,
  { tookMs, open, busy }: Awaited<ReturnType<typeof takePoolFigures>>,
): Readonly<Record<string, PartHealth>> {
  const pool: PartHealth =
    tookMs === null
      ? { status: 'down', message: 'no connection was free in time' }
      : { status: tookMs > SLOW_POOL_MS ? 'degraded' : 'ok', ms: Math.round(tookMs), open, busy };
  return { ...parts, 'database pool': pool };
}

/** Parts and ways put together by service. */
export function viewServices(
  parts: Readonly<Record<string, PartHealth>>,
  reports: readonly BoardWay[],
  flags: readonly FlagState[],
): ServiceView[] {
  const names = [...new Set([...Object.keys(parts), ...reports.map((one) => PART_OF[one.service])])];
  const views = names.map((name): ServiceView => {
    const ways = reports.filter((one) => PART_OF[one.service] === name);
    const use = useOf(name, flags);
    return {
      name,
      status: use?.isUsed === false ? 'off' : worst(parts[name], ways),
      note: noteOf(parts[name]),
      use,
      ways: ways.map((one) => ({ ...one, minutes: [...one.minutes], lastErrors: [...one.lastErrors] })),
    };
  });
  return views.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

function useOf(name: string, flags: readonly FlagState[]): ServiceView['use'] {
  const key = SWITCH_OF[name];
  if (key === undefined) return null;
  const known = flags.find((flag) => flag.key === key);
  return { flag: key, isUsed: known?.value !== false, version: known?.version ?? 0 };
}

function worst(part: PartHealth | undefined, ways: readonly BoardWay[]): Status {
  const said = part?.status ?? 'ok';
  if (said === 'down' || (ways.length > 0 && ways.every(({ breaker }) => breaker === 'open'))) return 'down';
  const isTroubled = ways.some(
    ({ breaker, objective }) => (breaker ?? 'closed') !== 'closed' || objective.budgetLeft < 0,
  );
  return isTroubled ? 'degraded' : said;
}

/** What a part tells beside its status: `message` first, then its figures. */
function noteOf(part: PartHealth | undefined): string | null {
  if (!part) return null;
  const { status: _, message, ...figures } = part;
  const plain = Object.entries(figures)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`);
  return [...(typeof message === 'string' ? [message] : []), ...plain].join(' · ') || null;
}

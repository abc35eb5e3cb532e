/** What a part says of itself: `degraded` works, but not all of it. */
export type PartHealth = { readonly status: 'ok' | 'degraded' | 'down' } & Readonly<Record<string, unknown>>;

/** Asked for a health report; throwing, or silence for 2 s, when `signal` fires, means that the part is down. */
export type AskHealth = (signal: AbortSignal) => PartHealth | Promise<PartHealth>;

/** Where a health report comes from. */
export interface HealthSource {
  /** True from the order to stop on. */
  readonly isStopping: boolean;
  /** Each part's health by its name, in about 2 s at the latest. */
  health(): Promise<Readonly<Record<string, PartHealth>>>;
}

/** The worst of the parts is what the whole is. */
export function overallStatus(parts: Readonly<Record<string, PartHealth>>): PartHealth['status'] {
  const said = new Set(Object.values(parts).map(({ status }) => status));
  return said.has('down') ? 'down' : said.has('degraded') ? 'degraded' : 'ok';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (value == null ? '–' : JSON.stringify(value));

/** What something was and what it became, field by field where it has fields; a dash for nothing. */
export function changeWords(before: unknown, after: unknown): string {
  if (before == null && after == null) return '–';
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.map((name) => `${name}: ${text(before[name])} → ${text(after[name])}`).join(', ') || '–';
  }
  if (before == null && isRecord(after))
    return Object.entries(after)
      .map(([name, value]) => `${name}: ${text(value)}`)
      .join(', ');
  return `${text(before)} → ${text(after)}`;
}

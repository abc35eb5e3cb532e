/**
 * A scenario while somebody writes it: JSON of any shape, because a draft may be wrong for a while. Places in it are paths
 * such as `sequences[2].metadata.step.title.en`, as the checks name them.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Part = string | number;

/** `acts[0].name` → `['acts', 0, 'name']`. */
export function partsOf(path: string): Part[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([text]) => (/^\d+$/.test(text) ? Number(text) : text));
}

function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** What stands at a path; undefined where there is nothing. */
export function jsonAt(draft: Json | undefined, path: string): Json | undefined {
  let at = draft;
  for (const part of partsOf(path)) {
    if (isList(at)) at = typeof part === 'number' ? at[part] : undefined;
    else at = isRecord(at) ? at[part] : undefined;
  }
  return at;
}

export function textAt(draft: Json | undefined, path: string): string {
  const value = jsonAt(draft, path);
  return typeof value === 'string' ? value : '';
}

export function listAt(draft: Json | undefined, path: string): readonly Json[] {
  const value = jsonAt(draft, path);
  return isList(value) ? value : [];
}

/** A number, or nothing where there is none. */
export function numberAt(draft: Json | undefined, path: string): number | undefined {
  const value = jsonAt(draft, path);
  return typeof value === 'number' ? value : undefined;
}

/** The draft with another value at a path; undefined takes what is there away. What lacks on the way is made. */
export function withAt(draft: Json, path: string, value: Json | undefined): Json {
  return withParts(draft, partsOf(path), value) ?? {};
}

function withParts(
  at: Json | undefined,
  [part, ...rest]: readonly Part[],
  value: Json | undefined,
): Json | undefined {
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list = isList(at) ? at : [];
    const next = withParts(list[part], rest, value);
    return next === undefined
      ? list.filter((_, index) => index !== part)
      : [...list.slice(0, part), next, ...list.slice(part + 1)];
  }
  const record = isRecord(at) ? at : {};
  const { [part]: before, ...others } = record;
  const next = withParts(before, rest, value);
  if (next === undefined) return others;
  // In place, so that an export has its fields in the order in which they were.
  return part in record
    ? Object.fromEntries(Object.entries(record).map(([key, old]) => [key, key === part ? next : old]))
    : { ...record, [part]: next };
}

/** The draft with one of a list's things a place further up (-1) or down (1); unchanged at the ends. */
export function withMoved(draft: Json, path: string, index: number, by: -1 | 1): Json {
  const list = listAt(draft, path);
  const [one, other] = [list[index], list[index + by]];
  if (one === undefined || other === undefined) return draft;
  return withAt(
    draft,
    path,
    list.map((item, at) => (at === index ? other : at === index + by ? one : item)),
  );
}

/** A name such as `scene-3` that none of a list's things has as its `id`. */
export function freeId(draft: Json, path: string, prefix: string): string {
  const taken = new Set(listAt(draft, path).map((one) => textAt(one, 'id')));
  let number = 1;
  while (taken.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
}

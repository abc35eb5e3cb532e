import type { StoryEntity, StoryItem, StoryRelation, StorySession } from '../../db/generated/client';

/** A row as `to_jsonb` gives it. JSON has no dates: the database writes them as UTC without a zone; nor big integers. */
export type AsJson<T> = {
  readonly [K in keyof T]: T[K] extends Date
    ? string
    : T[K] extends Date | null
      ? string | null
      : T[K] extends bigint
        ? number
        : T[K];
};

export function date(text: string): Date {
  return new Date(`${text}Z`);
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : date(text);
}

export function sessionOf(row: AsJson<StorySession>): StorySession {
  return {
    ...row,
    startedAt: date(row.startedAt),
    endedAt: dateOrNull(row.endedAt),
    createdAt: date(row.createdAt),
    updatedAt: date(row.updatedAt),
  };
}

export function entityOf(row: AsJson<StoryEntity>): StoryEntity {
  return { ...row, ordinal: BigInt(row.ordinal), departedAt: dateOrNull(row.departedAt) };
}

export function itemOf(row: AsJson<StoryItem>): StoryItem {
  return { ...row, ordinal: BigInt(row.ordinal), acquiredAt: dateOrNull(row.acquiredAt) };
}

export function relationOf(row: AsJson<StoryRelation>): StoryRelation {
  return { ...row, ordinal: BigInt(row.ordinal) };
}

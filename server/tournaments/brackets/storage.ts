import type { CrudInterface, Database, DataTypes, Id, OmitId, Table } from 'brackets-model';

/** The rule book's tables, empty. */
export function emptyTables(): Database {
  return { stage: [], group: [], round: [], match: [], match_game: [], participant: [] };
}

/**
 * The rule book's storage over tables in memory. They are loaded and written back by whoever holds the tournament's lock,
 * so that a result and what follows from it are one transaction.
 */
export class TablesInMemory implements CrudInterface {
  readonly tables: Database;

  /** @param tables changed in place */
  constructor(tables: Database) {
    this.tables = tables;
  }

  insert<T extends Table>(table: T, value: OmitId<DataTypes[T]>): Promise<number>;
  insert<T extends Table>(table: T, values: OmitId<DataTypes[T]>[]): Promise<boolean>;
  async insert<T extends Table>(
    table: T,
    values: OmitId<DataTypes[T]> | OmitId<DataTypes[T]>[],
  ): Promise<number | boolean> {
    if (Array.isArray(values)) {
      for (const value of values) this.#add(table, value);
      return true;
    }
    return this.#add(table, values);
  }

  select<T extends Table>(table: T): Promise<DataTypes[T][] | null>;
  select<T extends Table>(table: T, id: Id): Promise<DataTypes[T] | null>;
  select<T extends Table>(table: T, filter: Partial<DataTypes[T]>): Promise<DataTypes[T][] | null>;
  async select<T extends Table>(
    table: T,
    which?: Id | Partial<DataTypes[T]>,
  ): Promise<DataTypes[T] | DataTypes[T][] | null> {
    const rows = this.#rows(table);
    if (typeof which === 'object') return structuredClone(rows.filter((row) => matches(row, which)));
    if (which === undefined) return structuredClone(rows);
    const found = rows.find((row) => row.id === which);
    return found === undefined ? null : structuredClone(found);
  }

  update<T extends Table>(table: T, id: Id, value: DataTypes[T]): Promise<boolean>;
  update<T extends Table>(
    table: T,
    filter: Partial<DataTypes[T]>,
    value: Partial<DataTypes[T]>,
  ): Promise<boolean>;
  async update<T extends Table>(
    table: T,
    which: Id | Partial<DataTypes[T]>,
    value: DataTypes[T] | Partial<DataTypes[T]>,
  ): Promise<boolean> {
    const rows = this.#rows(table);
    if (typeof which === 'object') {
      for (const row of rows.filter((one) => matches(one, which))) Object.assign(row, structuredClone(value));
      return true;
    }
    const index = rows.findIndex((row) => row.id === which);
    const before = rows[index];
    if (before === undefined) return false;
    rows[index] = { ...structuredClone(value), id: before.id } as DataTypes[T];
    return true;
  }

  delete<T extends Table>(table: T): Promise<boolean>;
  delete<T extends Table>(table: T, filter: Partial<DataTypes[T]>): Promise<boolean>;
  /** A bracket is drawn up once and only ever filled in. */
  async delete(): Promise<boolean> {
    throw new Error('Nothing of a bracket is ever deleted.');
  }

  #rows<T extends Table>(table: T): DataTypes[T][] {
    return this.tables[table];
  }

  #add<T extends Table>(table: T, value: OmitId<DataTypes[T]>): number {
    const rows = this.#rows(table);
    const id = rows.length;
    // The interface says that an id makes the value a whole row.
    rows.push({ ...structuredClone(value), id } as DataTypes[T]);
    return id;
  }
}

function matches<R extends object>(row: R, filter: Partial<R>): boolean {
  const wanted = Object.entries(filter);
  return wanted.every(([key, value]) => Reflect.get(row, key) === value);
}

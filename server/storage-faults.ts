/** Why nothing can be stored or read at the moment. It passes, and nobody who asked is to blame. */
export type StorageFault = 'disk_full' | 'database_unavailable';

/** PostgreSQL's codes (appendix A): disk_full, io_error; a disk that was put read-only by the system fails as I/O. */
const DISK = ['53100', '58030'];

/** Connections refused, cut or not given, by PostgreSQL, Prisma and Node. */
const AWAY = [
  ...['53300', '57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
];
const AWAY_KINDS = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];

/** A statement that went to the database past Prisma, and failed there or on the way. */
export class StatementFailed extends Error {
  readonly code: string;

  /** @param cause of pg or Node; what has no code are the pool's own words for a connection that it can't give or lost */
  constructor(cause: unknown) {
    super('The database did not answer a statement.', { cause });
    this.name = 'StatementFailed';
    this.code = typeof cause === 'object' && cause && 'code' in cause ? String(cause.code) : '08006';
  }
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? Reflect.get(of, name) : undefined;
}

/** Tells a database that can't work right now from a fault of ours, by what Prisma or the driver itself says. */
export function storageFault(error: unknown): StorageFault | undefined {
  const driver = field(field(field(error, 'meta'), 'driverAdapterError'), 'cause') ?? field(error, 'cause');
  const isDatabase =
    error instanceof StatementFailed ||
    String(field(error, 'name')).startsWith('PrismaClient') ||
    field(error, 'name') === 'DriverAdapterError';
  if (!isDatabase) return undefined;
  const codes = [error, driver].flatMap((one) => [field(one, 'code'), field(one, 'originalCode')]);
  if (codes.some((code) => typeof code === 'string' && DISK.includes(code))) return 'disk_full';
  const isAway =
    codes.some((code) => typeof code === 'string' && AWAY.includes(code)) ||
    AWAY_KINDS.some((kind) => kind === field(driver, 'kind'));
  return isAway ? 'database_unavailable' : undefined;
}

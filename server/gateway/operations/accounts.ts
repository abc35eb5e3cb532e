import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AccountServices, authenticate, register } from '../../auth/accounts';
import { API_TOKEN_SECONDS, issueApiToken } from '../../auth/api-token';
import { type Player, toPlayer } from '../../auth/players';
import { authSecret, deriveKey } from '../../auth/secrets';
import { asAppError } from '../../errors';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import { refusal } from '../../tournaments/refusals';
import { type Defined, define } from '../define';
import type { HttpBinding, Keeping, Operation } from '../operation';

/** Who registers or logs in, and the token they get. */
interface Account {
  readonly player: Player | undefined;
  readonly token: string;
  readonly error: WireError | undefined;
}

interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
}

const NOBODY: Account = { player: undefined, token: '', error: undefined };
const long = z.string().max(1_000);

const output = z.object({
  token: z.string(),
  user_id: z.string(),
  username: z.string(),
  display_name: z.string(),
  role: z.string(),
  expires_in: z.int(),
});

/** A token is a log-in of its own: it ends with all of the player's, or by itself. */
async function admitted(player: Player): Promise<Account> {
  const { token } = await issueApiToken({ ...player, loginId: randomUUID() });
  return { player, token, error: undefined };
}

/** What the accounts say, in the public gateway's words where it has some. */
function asPublic(error: unknown): unknown {
  const known = asAppError(error);
  const why = known?.detail?.reason;
  const options = { cause: error, ...(known?.detail ? { detail: known.detail } : {}) };
  if (why === 'taken' || why === 'confusable')
    return refusal('name_taken', `conflict: ${known?.message ?? ''}`, options);
  if (why === 'wrong') return refusal('bad_credentials', known?.message ?? '', options);
  return error;
}

/** The token is not kept: whoever repeats the request gets a new one for the same player. */
function keeping({ db }: AccountServices): Keeping<Credentials, Account> {
  return {
    // A password leaves no hash that could be guessed at.
    fingerprint: (request) =>
      createHmac('sha256', deriveKey(authSecret(), 'idempotency')).update(JSON.stringify(request)).digest(),
    pack: ({ player }) => player?.playerId ?? '',
    async unpack(id) {
      const row = await db.user.findUnique({ where: { id } });
      return row && !row.bannedAt && !row.deletedAt ? admitted(toPlayer(row)) : NOBODY;
    },
  };
}

function binding(path: string, summary: string, success: number): HttpBinding<Credentials, Account> {
  return {
    method: 'POST',
    paths: [path],
    summary,
    input: z
      .object({ username: long, password: long, email: long.nullish(), display_name: long.nullish() })
      .transform(({ username, password, display_name }) => ({
        username,
        password,
        displayName: display_name ?? '',
      })),
    needsKey: true,
    success,
    write: ({ player, token }) => ({
      token,
      user_id: player?.playerId,
      username: player?.playerName,
      display_name: player?.playerName,
      role: player?.role,
      expires_in: API_TOKEN_SECONDS,
    }),
    output,
  };
}

/** `/api/v1/auth`: a thin layer over the accounts, for clients without a browser. */
export function accountOperations(services: AccountServices): Defined[] {
  const base = {
    family: 'account',
    grpc: undefined,
    access: 'anybody',
    keeping: keeping(services),
    deadlineMs: 15_000,
    failed: (error: WireError): Account => ({ ...NOBODY, error }),
  } as const;

  const run =
    (
      who: (request: Credentials, address: string) => Promise<Player>,
    ): Operation<Credentials, Account>['run'] =>
    async (request, call) => {
      try {
        return await admitted(await who(request, call.address ?? 'unknown'));
      } catch (error) {
        throw asPublic(error);
      }
    };

  return [
    define<Credentials, Account>({
      ...base,
      name: 'auth/register',
      run: run(({ username, password }, address) => register(services, { username, password, address })),
      http: [binding('/api/v1/auth/register', 'Make an account', 201)],
    }),
    define<Credentials, Account>({
      ...base,
      name: 'auth/login',
      run: run(({ username, password }, address) => authenticate(services, { username, password, address })),
      http: [binding('/api/v1/auth/login', 'Log in for a bearer token', 200)],
    }),
  ];
}

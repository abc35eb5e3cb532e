import { singleton } from '../singleton';

/**
 * The list of zxcvbn-ts (MIT), most used first, far beyond the first 10,000; every one of it counts. Loaded when
 * the first password is chosen: some 4 MB that a process of another kind never needs.
 */
function common(): Promise<ReadonlySet<string>> {
  return singleton('common-passwords', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
  });
}

/** True for a password that guessers try first: one of the list, in any case, or of no more than two characters repeated. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const plain = password.trim().toLowerCase();
  return new Set(plain).size <= 2 || (await common()).has(plain);
}

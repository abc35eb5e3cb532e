import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** Who this account is, as others and the arcade know it. */
export function AccountFacts({
  account: { name, role, isGuest, providers, since },
}: {
  account: {
    readonly name: string;
    readonly role: 'player' | 'organizer' | 'admin';
    readonly isGuest: boolean;
    readonly providers: readonly string[];
    readonly since: Date;
  };
}) {
  const t = useTranslations('account');
  const format = useFormatter();
  return (
    <div className="sheet p-5">
      <p className="misprint font-poster text-title break-words">{name}</p>
      <dl className="mt-4 grid gap-2">
        <Fact name={t('role')}>{t(isGuest ? 'roles.guest' : `roles.${role}`)}</Fact>
        <Fact name={t('since')}>{format.dateTime(since, { dateStyle: 'long', timeZone: 'UTC' })}</Fact>
        {providers.length > 0 ? <Fact name={t('through')}>{providers.join(', ')}</Fact> : null}
      </dl>
      {isGuest ? <p className="mt-4 text-quiet">{t('guestHint')}</p> : null}
      <p className="mt-4">
        <Link href="/wallet" className="link">
          {t('wallet')}
        </Link>
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-quiet">{name}</dt>
      <dd className="font-semibold">{children}</dd>
    </div>
  );
}

'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import { Section } from '../_ui/sheet';
import { Fault, SkeletonRows } from '../_ui/states';
import { utc } from './format-time';
import { GrantForm } from './grant-form';

/** The books of the coins: whether all of it adds up, and gifts. */
export function Books() {
  const t = useTranslations('admin.booksPage');
  const format = useFormatter();
  const faultOf = useFault();
  const proof = trpc.ledger.prove.useQuery(undefined, { refetchOnWindowFocus: false });
  const { data } = proof;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Section
        title={t('proof')}
        aside={
          <Button small busy={proof.isFetching} onClick={() => void proof.refetch()}>
            {t('again')}
          </Button>
        }
      >
        {proof.isPending ? <SkeletonRows rows={4} label={t('loading')} /> : null}
        {proof.error ? <Fault title={faultOf(proof.error) ?? t('failed')} /> : null}
        {data ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <p className="flex flex-wrap items-baseline gap-x-4">
              <Badge tone={data.isSound ? 'good' : 'bad'} large>
                {t(data.isSound ? 'sound' : 'unsound')}
              </Badge>
              <span className="figure text-quiet">{utc(data.at)} UTC</span>
            </p>
            <dl className="sheet grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 p-4">
              {(
                [
                  ['transfers', data.transfers],
                  ['accounts', data.accounts],
                  ['entries', data.entries],
                  ['sumOfEntries', data.sumOfEntries],
                  ['sumOfBalances', data.sumOfBalances],
                ] as const
              ).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-quiet">{t(name)}</dt>
                  <dd className="figure text-right">{format.number(value)}</dd>
                </div>
              ))}
            </dl>
            {data.violations.length > 0 ? (
              <div className="sheet overflow-x-auto">
                <table className="data-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('what')}</th>
                      <th scope="col">{t('subject')}</th>
                      <th scope="col">{t('detail')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.violations.map(({ what, subject, detail }) => (
                      <tr key={`${what} ${subject} ${detail}`} className="figure">
                        <td>{what}</td>
                        <td>{subject}</td>
                        <td lang="en">{detail}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            ) : null}
          </div>
        ) : null}
      </Section>
      <Section title={t('grant')}>
        <GrantForm onGranted={() => void proof.refetch()} />
      </Section>
    </div>
  );
}

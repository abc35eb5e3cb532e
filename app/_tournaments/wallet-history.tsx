'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { cx } from '../_ui/cx';
import { PagedTable } from '../_ui/paged-table';
import { Fault, SkeletonRows } from '../_ui/states';
import { CoinMark } from './coins';
import { useRefusal } from './use-refusal';
import { When } from './when';

type Translate = ReturnType<typeof useTranslations<'wallet'>>;

/** What somebody has, in the largest type, and every coin that came or went. */
export function WalletHistory() {
  const t = useTranslations('wallet');
  const wordsOf = useRefusal();
  const wallet = trpc.wallet.get.useQuery();
  const pages = trpc.wallet.history.useInfiniteQuery(
    { limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const entries = pages.data?.pages.flatMap((page) => page.entries);
  const failure = wallet.error ?? pages.error;
  if (failure && !entries) return <Fault title={wordsOf(failure)} />;
  if (!entries || !wallet.data) return <SkeletonRows rows={5} label={t('loading')} />;
  const { balance } = wallet.data;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <p className="flex items-center gap-4">
        <span className="text-heading">
          <CoinMark />
        </span>
        <span className="misprint font-poster text-title">{t('coins', { count: balance })}</span>
      </p>
      <div>
        <PagedTable
          pages={pages}
          count={entries.length}
          words={{
            label: t('title'),
            loading: t('loading'),
            nothing: t('nothing'),
            nothingHint: t('nothingHint'),
            more: t('more'),
          }}
          fault={wordsOf(failure)}
          heads={[t('when'), t('what'), { figures: t('amount') }, { figures: t('after') }]}
        >
          {entries.map(({ id, at, kind, reason, amount, balanceAfter }) => (
            <tr key={id}>
              <td>
                <When at={at} short />
              </td>
              <td className="whitespace-normal!">
                <span className="font-semibold">{kindOf(t, kind)}</span>
                {reason ? <span className="block text-quiet">{reason}</span> : null}
              </td>
              <td className={cx('figure text-right!', amount > 0 && 'font-semibold')}>
                {amount > 0 ? `+${amount}` : `−${-amount}`}
              </td>
              <td className="figure text-right! text-quiet">{balanceAfter}</td>
            </tr>
          ))}
        </PagedTable>
      </div>
    </div>
  );
}

function kindOf(t: Translate, kind: string): string {
  const key = `kinds.${kind}`;
  const isKnown = (text: string): text is Parameters<Translate>[0] => t.has(text as Parameters<Translate>[0]);
  return isKnown(key) ? t(key) : kind;
}

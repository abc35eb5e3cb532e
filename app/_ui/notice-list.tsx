'use client';

import * as Toast from '@radix-ui/react-toast';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { cx } from './cx';
import { currentNotices, dismissNotice, type Notice, subscribeNotices } from './notices';

const NONE: readonly Notice[] = [];
const EDGE = { plain: 'border-edge', good: 'border-good', bad: 'border-bad' } satisfies Record<
  Notice['tone'],
  string
>;

/** Where notices appear: above the thumb bar on phones, in the lower right corner elsewhere. */
export function NoticeList() {
  const t = useTranslations('common');
  const notices = useSyncExternalStore(subscribeNotices, currentNotices, () => NONE);
  return (
    <Toast.Provider duration={6000} label={t('notice')}>
      {notices.map((notice) => (
        <Toast.Root
          key={notice.id}
          onOpenChange={(open) => {
            if (!open) dismissNotice(notice.id);
          }}
          className={cx('slides-in sheet sheet-lifted flex items-start gap-3 p-4', EDGE[notice.tone])}
        >
          <div className="min-w-0 grow">
            <Toast.Title className="font-semibold">{notice.title}</Toast.Title>
            {notice.text ? <Toast.Description className="text-quiet">{notice.text}</Toast.Description> : null}
          </div>
          <Toast.Close aria-label={t('close')} className="-m-2 p-2 leading-none">
            ✕
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-4 bottom-20 z-50 grid w-[min(24rem,calc(100vw-2rem))] gap-3 md:bottom-4" />
    </Toast.Provider>
  );
}

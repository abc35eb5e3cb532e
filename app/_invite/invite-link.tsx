'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import type { SetLength } from '@/proto/signaling-limits';
import { localTimeZone } from '../_lib/local-time-zone';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Sheet } from '../_ui/sheet';

/** In the lobby: the link by which a friend fights this player. */
export function InviteLink({ characterId, firstTo }: { characterId: number; firstTo: SetLength }) {
  const t = useTranslations('invite');
  const wordsOf = useFault();
  const utils = trpc.useUtils();
  const mine = trpc.invite.mine.useQuery(undefined, {
    // One that has run out is no link any more.
    refetchInterval: ({ state }) =>
      state.data ? Math.max(1_000, state.data.expiresAt.getTime() - Date.now() + 500) : false,
  });
  const open = mine.data;
  const create = trpc.invite.create.useMutation({
    onSuccess: (made) => utils.invite.mine.setData(undefined, made),
  });
  const withdraw = trpc.invite.withdraw.useMutation({
    onSuccess: () => utils.invite.mine.setData(undefined, null),
  });
  const fault = wordsOf(create.error ?? withdraw.error ?? mine.error);
  return (
    <Sheet className="mt-4 p-4" data-testid="invite">
      {open ? (
        <OpenLink {...open}>
          <Button small busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t('withdraw')}
          </Button>
        </OpenLink>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0">
            <h3 className="font-semibold">{t('title')}</h3>
            <p className="text-data text-quiet">{t('hint')}</p>
          </div>
          <Button
            small
            busy={create.isPending}
            disabled={!mine.isSuccess}
            onClick={() => create.mutate({ characterId, firstTo })}
          >
            {t('make')}
          </Button>
        </div>
      )}
      {fault ? (
        <p role="alert" className="mt-3 text-data font-semibold text-bad">
          {fault}
        </p>
      ) : null}
    </Sheet>
  );
}

function OpenLink({
  code,
  firstTo,
  expiresAt,
  children,
}: {
  code: string;
  firstTo: number;
  expiresAt: Date;
  children: ReactNode;
}) {
  const t = useTranslations('invite');
  const format = useFormatter();
  const [copying, setCopying] = useState<'copied' | 'byHand'>();
  const field = useRef<HTMLInputElement>(null);
  // Only shown in answer to a click or a query: never made by the server, which knows no address.
  const url = `${window.location.origin}/join/${code}`;
  return (
    <>
      <Field
        small
        readOnly
        ref={field}
        label={t('link')}
        value={url}
        hint={t('until', {
          time: format.dateTime(expiresAt, { timeStyle: 'short', timeZone: localTimeZone() }),
          firstTo,
        })}
        onFocus={(event) => event.target.select()}
      />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button
          small
          onClick={() => {
            // A page without https has no clipboard: the link is marked, for a hand to copy.
            const byHand = () => {
              field.current?.select();
              setCopying('byHand');
            };
            const { clipboard }: { clipboard?: Clipboard } = navigator;
            if (clipboard) clipboard.writeText(url).then(() => setCopying('copied'), byHand);
            else byHand();
          }}
        >
          {t('copy')}
        </Button>
        {children}
        <span role="status" className="text-data font-semibold empty:hidden">
          {copying ? t(copying) : null}
        </span>
      </div>
    </>
  );
}

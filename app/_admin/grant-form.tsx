'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field, SelectField } from '../_ui/field';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';

const MOST = 1_000_000;

/** Gives coins to a player, or takes them, for a reason. */
export function GrantForm({ onGranted }: { onGranted: () => void }) {
  const t = useTranslations('admin.booksPage');
  const faultOf = useFault();
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  /** The same gift again after an answer was lost gives nothing twice. */
  const [key, setKey] = useState(() => crypto.randomUUID());
  const players = trpc.admin.players.useQuery({ name, limit: 20 }, { enabled: name.trim().length > 0 });
  const grant = trpc.ledger.grant.useMutation();
  const coins = /^-?\d{1,7}$/.test(amount.trim()) ? Number(amount) : 0;
  const isAmountRight = coins !== 0 && Math.abs(coins) <= MOST;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setIsTried(true);
    const userId = String(new FormData(event.currentTarget).get('userId') ?? '');
    if (!isAmountRight || reason.trim() === '' || userId === '') return;
    grant.mutate(
      { userId, amount: coins, reason, key },
      {
        onSuccess() {
          notify({ tone: 'good', title: t('granted', { count: coins }) });
          setAmount('');
          setReason('');
          setIsTried(false);
          setKey(crypto.randomUUID());
          onGranted();
        },
      },
    );
  }
  const found = players.data?.players ?? [];
  return (
    <form onSubmit={submit} noValidate className="sheet grid gap-4 p-4">
      {grant.error ? <Fault title={faultOf(grant.error) ?? t('failed')} /> : null}
      <Field
        small
        label={t('player')}
        hint={t('playerHint')}
        name="name"
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <SelectField small label={t('whom')} name="userId" disabled={found.length === 0}>
        {found.map(({ playerId, playerName }) => (
          <option key={playerId} value={playerId}>
            {playerName}
          </option>
        ))}
      </SelectField>
      <Field
        small
        label={t('amount')}
        hint={t('amountHint')}
        name="amount"
        inputMode="numeric"
        value={amount}
        onChange={({ target }) => setAmount(target.value)}
        {...(isTried && !isAmountRight ? { error: t('amountWrong') } : {})}
      />
      <Field
        small
        label={t('reason')}
        hint={t('reasonHint')}
        name="reason"
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        {...(isTried && reason.trim() === '' ? { error: t('reasonWrong') } : {})}
      />
      <Button type="submit" busy={grant.isPending}>
        {t('give')}
      </Button>
    </form>
  );
}

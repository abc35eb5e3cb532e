'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SignalingFailure } from '../../client/signaling';
import { signIn } from '../_lib/auth-client';
import { useAuthWords } from '../_lib/use-auth-words';
import { getArcadeConnection } from '../_line/arcade-connection';
import { setEntered } from '../_line/presence';
import { useFaultWords } from '../_line/use-fault-words';
import { Button, ButtonLink } from '../_ui/button';
import { rememberedFighter } from '../_ui/remembered-fighter';

/** One click from an invitation into the fight; who is nobody here yet comes in as a guest by the same click. */
export function JoinInvite({
  code,
  hostName,
  isMember,
  fighterIds,
}: {
  code: string;
  hostName: string;
  isMember: boolean;
  fighterIds: readonly number[];
}) {
  const t = useTranslations('invite.join');
  const router = useRouter();
  const auth = useAuthWords();
  const wordsOf = useFaultWords(useTranslations('lobby')('noAnswer'));
  const [isIn, setIn] = useState(isMember);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();

  async function enter(): Promise<boolean> {
    if (isIn) return true;
    const outcome = await signIn('guest');
    if (outcome.ok) setIn(true);
    else setFault(auth.ofOutcome(outcome));
    return outcome.ok;
  }

  async function fight(): Promise<void> {
    setBusy(true);
    setFault(undefined);
    try {
      if (!(await enter())) return setBusy(false);
      const sessionId = await getArcadeConnection().acceptInvite(code, rememberedFighter(fighterIds));
      setEntered(true);
      router.push(`/play/${sessionId}`);
      // The head and the presence of a guest who was nobody when this page was made.
      router.refresh();
    } catch (error) {
      const reason = error instanceof SignalingFailure ? error.reason : undefined;
      setFault(reason ? t(`refused.${reason}`, { name: hostName }) : wordsOf(error));
      setBusy(false);
    }
  }

  const label = isIn ? t('fight', { name: hostName }) : t('asGuest');
  return (
    <div className="mt-6 grid justify-items-center gap-4">
      <Button tone="gold" className="min-h-14 px-8" busy={busy} onClick={() => void fight()}>
        {busy ? t('entering', { name: hostName }) : fault ? t('again') : label}
      </Button>
      {isIn ? null : (
        <ButtonLink small href={`/login?next=${encodeURIComponent(`/join/${code}`)}`}>
          {t('login')}
        </ButtonLink>
      )}
      <p role="alert" className="font-semibold text-bad empty:hidden">
        {fault}
      </p>
    </div>
  );
}

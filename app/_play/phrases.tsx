'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Phrase } from '../../proto/social';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useFaultWords } from '../_line/use-fault-words';
import { Button } from '../_ui/button';

/** What fits after a fight. */
const AFTER: readonly Phrase[] = ['good_game', 'well_played', 'one_more', 'thanks', 'sorry', 'moment'];

/** Kind words instead of a chat, and a way to hear none. */
export function Phrases({
  sessionId,
  selfId,
  opponent,
}: {
  sessionId: string;
  selfId: string;
  opponent: { readonly playerId: string; readonly playerName: string };
}) {
  const t = useTranslations('play.phrases');
  const wordsOf = useFaultWords(useTranslations('lobby')('noAnswer'));
  const [said, setSaid] = useState<Phrase>();
  const [fault, setFault] = useState<string>();
  const utils = trpc.useUtils();
  const list = trpc.social.list.useQuery(undefined, { staleTime: 60_000 });
  const isMuted =
    list.data?.some(({ playerId, kinds }) => playerId === opponent.playerId && kinds.includes('mute')) ??
    false;
  const heard = useHeard(sessionId);
  const faultOf = useFault();
  const mute = trpc.social.set.useMutation({
    onError: (error) => setFault(faultOf(error)),
    onSettled: () => utils.social.list.invalidate(),
  });

  const say = (phrase: Phrase) => {
    setFault(undefined);
    getArcadeConnection()
      .signaling.send('send_phrase', { playerId: selfId, sessionId, phrase })
      .then(
        () => setSaid(phrase),
        (error: unknown) => setFault(wordsOf(error)),
      );
  };

  return (
    <section aria-label={t('label')} className="grid w-full gap-2 border-t-2 border-line pt-3">
      <p role="status" className="min-h-6 text-data">
        {heard && !isMuted ? (
          <>
            <span className="font-semibold">{opponent.playerName}:</span> {t(`words.${heard}`)}
          </>
        ) : null}
        {fault ??
          (said ? <span className="text-quiet"> {t('said', { phrase: t(`words.${said}`) })}</span> : null)}
      </p>
      <ul className="flex flex-wrap justify-center gap-2">
        {AFTER.map((phrase) => (
          <li key={phrase}>
            <Button small onClick={() => say(phrase)}>
              {t(`words.${phrase}`)}
            </Button>
          </li>
        ))}
        <li>
          <Button
            small
            aria-pressed={isMuted}
            className={isMuted ? 'bg-text! text-ground!' : ''}
            disabled={!list.isSuccess}
            busy={mute.isPending}
            onClick={() => mute.mutate({ playerId: opponent.playerId, kind: 'mute', on: !isMuted })}
          >
            {t('mute')}
          </Button>
        </li>
      </ul>
    </section>
  );
}

/** The last that the opponent said. */
function useHeard(sessionId: string): Phrase | undefined {
  const [heard, setHeard] = useState<Phrase>();
  useEffect(
    () =>
      getArcadeConnection().signaling.on('phrase_received', (payload) => {
        if (payload.sessionId === sessionId) setHeard(payload.phrase);
      }),
    [sessionId],
  );
  return heard;
}

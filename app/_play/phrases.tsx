'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Phrase } from '../../proto/social';
import { trpc } from '../_lib/trpc';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useFaultWords } from '../_line/use-fault-words';
import { Button } from '../_ui/button';

/** What is said after a fight; what another client says at other times is shown as well. */
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
  const [isMuted, setMuted] = useState(false);
  const heard = useHeard(sessionId);
  const mute = trpc.social.set.useMutation({ onSuccess: () => setMuted(true) });

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
            busy={mute.isPending}
            onClick={() => mute.mutate({ playerId: opponent.playerId, kind: 'mute', on: true })}
          >
            {t(isMuted ? 'muted' : 'mute')}
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

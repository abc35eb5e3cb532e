'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PacedOpponentOptions } from '@/engine/bots/pacing';
import { checksum } from '@/engine/fighter/checksum';
import { matchWinner, type Winner } from '@/engine/fighter/outcome';
import { createState } from '@/engine/fighter/state';
import type { FightView, RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useDevice } from '../_moves/use-device';
import { useFirstControls } from '../_moves/use-first-controls';
import { FirstCard } from '../_practice/first-card';
import { LocalArena } from '../_practice/local-arena';
import { useLocalMatch } from '../_practice/use-local-match';
import { FightEnd } from './fight-end';
import { FightMenu } from './fight-menu';
import { createInputLog } from './input-log';
import { knownLooks } from './pictures';
import { useWords } from './use-words';

/** How often, and after which time each, is looked whether a model has put the last words better. */
const MAX_REWORDINGS = 3;
const REWORD_MS = 5_000;

/**
 * The fight itself, in this browser: the opponent is run here from the same seed as on the server, which gets the player's
 * own inputs only and plays the fight again.
 */
export function ArcadeFight({
  run,
  fight,
  onDone,
}: {
  run: RunView;
  fight: FightView;
  onDone: (run: RunView) => void;
}) {
  const t = useTranslations('arcade.fight');
  const { of, language } = useWords();
  const [menuOpen, setMenuOpen] = useState(false);
  const [end, setEnd] = useState<{ readonly winner: Winner; readonly givesUp: boolean }>();
  const log = useRef(createInputLog());
  const device = useDevice();
  const controls = useFirstControls(device);
  const isWaiting = controls.isDue;
  const names = useMemo((): [string, string] => [fight.names[0], of(fight.names[1])], [fight, of]);
  const worn = useMemo(() => [knownLooks(fight.looks), []] as const, [fight]);
  const openMenu = useCallback(() => setMenuOpen(true), []);
  const { seed, characters, winsNeeded, handicaps } = fight;

  const match = useLocalMatch(
    {
      start: () => createState({ seed, characters, winsNeeded, handicaps }),
      rival: { kind: 'arcade', opponent: opponentOf(fight) },
      onFrame: (_state, masks) => log.current.push(masks[0]),
      onOver: () => setEnd({ winner: match.host ? matchWinner(match.host.words) : 0, givesUp: false }),
      onHidden: () => !end && setMenuOpen(true),
    },
    names,
  );
  const { host } = match;
  // Time does not pass while somebody reads: every frame counts on the server, too.
  useEffect(
    () => host?.setPaused(menuOpen || isWaiting || end !== undefined),
    [host, menuOpen, isWaiting, end],
  );

  const step = !host ? 'starting' : end ? 'over' : menuOpen ? 'paused' : 'fighting';
  const wordsOfMatch = match.words;
  const told = useCallback(() => {
    const words = wordsOfMatch();
    if (!words || !end || end.givesUp) return undefined;
    return { winner: end.winner, frames: log.current.frames, checksum: checksum(words) };
  }, [wordsOfMatch, end]);
  // A model may put the last words better, as long as nobody has read them.
  const { data: reworded } = trpc.arcade.fightLines.useQuery(
    { runId: run.runId, fightId: fight.fightId, language },
    {
      enabled: [fight.lines.won, fight.lines.lost].some((line) => line?.isPending) && !end,
      refetchInterval: (query) => (query.state.dataUpdateCount < MAX_REWORDINGS ? REWORD_MS : false),
      retry: false,
    },
  );
  const inputs = useCallback(() => log.current.bytes(), []);

  return (
    <LocalArena match={match} characters={characters} names={names} worn={worn} step={step} onMenu={openMenu}>
      <h1 className="sr-only">{t('title', { name: names[1] })}</h1>
      <FirstCard device={device} controls={controls} className="top-[22%]" />
      {end ? (
        <FightEnd
          lines={reworded ?? fight.lines}
          run={run}
          fight={fight}
          winner={end.winner}
          givesUp={end.givesUp}
          inputs={inputs}
          told={told}
          onDone={onDone}
        />
      ) : null}
      <FightMenu
        open={menuOpen && !end}
        onOpenChange={setMenuOpen}
        muted={match.muted}
        onMuted={match.setMuted}
        onGiveUp={() => {
          setMenuOpen(false);
          setEnd({ winner: 2, givesUp: true });
        }}
      />
    </LocalArena>
  );
}

/** The opponent as the server hands it out. */
function opponentOf({ opponent: { level, manner, seed, pace } }: FightView): PacedOpponentOptions {
  return { level, manner: manner ?? undefined, seed, pace: pace <= 0 ? 0 : pace === 1 ? 1 : 2 };
}

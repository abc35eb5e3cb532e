'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { matchWinner, type Winner } from '../../engine/fighter/outcome';
import { createState } from '../../engine/fighter/state';
import { useDevice } from '../_moves/use-device';
import { useFirstControls } from '../_moves/use-first-controls';
import type { FighterCard } from '../_ui/fighters';
import { BotMenu } from './bot-menu';
import { BotResult } from './bot-result';
import { type Choice, rememberChoice, rememberedChoice } from './choice';
import { FirstCard } from './first-card';
import { takeHandover } from './handover';
import { LocalArena } from './local-arena';
import { useLocalMatch } from './use-local-match';

/** A fight against a bot: the one that was taken over on the front page, or a new one. */
export function BotFight({ fighters, exit }: { fighters: readonly FighterCard[]; exit: string }) {
  const [round, setRound] = useState<{ choice: Choice; start: Int32Array | undefined; number: number }>();
  // In an effect: the server knows nothing of this browser's memory.
  useEffect(() => {
    const taken = takeHandover();
    const choice = rememberedChoice(fighters);
    const [me, rival] = taken?.characters ?? [choice.me, choice.rival];
    setRound((before) => before ?? { choice: { ...choice, me, rival }, start: taken?.state, number: 0 });
  }, [fighters]);
  const onChoice = useCallback((choice: Choice) => {
    rememberChoice(choice);
    setRound((before) => ({ choice, start: undefined, number: (before?.number ?? 0) + 1 }));
  }, []);
  if (!round) return <main id="main" className="fixed inset-0 bg-ground" />;
  return (
    <BotRound
      key={round.number}
      choice={round.choice}
      start={round.start}
      fighters={fighters}
      exit={exit}
      onChoice={onChoice}
    />
  );
}

/** One best of three. */
function BotRound({
  choice,
  start,
  fighters,
  exit,
  onChoice,
}: {
  choice: Choice;
  start: Int32Array | undefined;
  fighters: readonly FighterCard[];
  exit: string;
  onChoice: (choice: Choice) => void;
}) {
  const t = useTranslations('practice');
  const side = useTranslations('hud');
  const { me, rival, strength } = choice;
  const names = useMemo(
    (): [string, string] => [side('p1'), t('botName', { strength: t(`strengths.${strength}`) })],
    [side, t, strength],
  );
  const characters = useMemo((): [number, number] => [me, rival], [me, rival]);
  const [menuOpen, setMenuOpen] = useState(false);
  const [winner, setWinner] = useState<Winner>();
  const device = useDevice();
  const controls = useFirstControls(device);
  const openMenu = useCallback(() => setMenuOpen(true), []);
  const isOver = winner !== undefined;

  const match = useLocalMatch(
    {
      start: () => start ?? createState({ seed: randomSeed(), characters }),
      rival: { kind: 'dummy', stance: 'stand' },
      onOver: () => setWinner(match.host ? matchWinner(match.host.words) : 0),
      onHidden: () => !isOver && setMenuOpen(true),
    },
    names,
  );
  const { host } = match;

  // Who reads the card of controls is not hit meanwhile: the bot comes when it is gone.
  const bot = useMemo(() => ({ kind: 'bot', strength, seed: randomSeed() }) as const, [strength]);
  const isWaiting = controls.isDue;
  useEffect(() => {
    if (!isWaiting) host?.setController(2, bot);
  }, [host, bot, isWaiting]);
  useEffect(() => host?.setPaused(menuOpen), [host, menuOpen]);

  const step = !host ? 'starting' : isOver ? 'over' : menuOpen ? 'paused' : 'fighting';
  return (
    <LocalArena match={match} characters={characters} names={names} step={step} onMenu={openMenu}>
      <h1 className="sr-only">{t('botTitle')}</h1>
      <FirstCard device={device} controls={controls} className="top-[22%]" />
      {isOver && !menuOpen ? (
        <BotResult
          winner={winner}
          names={names}
          exit={exit}
          onAgain={() => onChoice(choice)}
          onChange={openMenu}
        />
      ) : null}
      <BotMenu
        open={menuOpen}
        onOpenChange={setMenuOpen}
        fighters={fighters}
        choice={choice}
        onChoice={onChoice}
        muted={match.muted}
        onMuted={match.setMuted}
        pads={match.devices?.pads}
        isOver={isOver}
        exit={exit}
      />
    </LocalArena>
  );
}

/** uint32 */
function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

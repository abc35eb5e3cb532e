'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Situation } from '../../proto/situation';
import { useDevice } from '../_moves/use-device';
import { useFirstControls } from '../_moves/use-first-controls';
import type { FighterCard } from '../_ui/fighters';
import { type Choice, rememberChoice, rememberedChoice } from './choice';
import { drawBoxes } from './draw-boxes';
import type { Stance } from './dummy';
import { FirstCard } from './first-card';
import { createInputHistory } from './input-history';
import { InputList } from './input-list';
import { LocalArena } from './local-arena';
import { createMeasure } from './measure';
import { MoveFigures } from './move-figures';
import { PracticeMenu } from './practice-menu';
import { PracticePanel, type Shows } from './practice-panel';
import { practiceStart } from './practice-start';
import { hasEnded, refill, refillTo } from './refill';
import { useLocalMatch } from './use-local-match';

/** Puts both back to their marks; a key that no fighter uses. */
const RESET_KEY = 'KeyR';

/** Practice against a dummy: as long as one likes, with everything that counts to be seen. */
export function PracticeScreen({
  fighters,
  exit,
  situation,
}: {
  fighters: readonly FighterCard[];
  exit: string;
  /** Where it begins, each time anew; undefined: at the marks. */
  situation?: Situation | undefined;
}) {
  const [choice, setChoice] = useState<Choice>();
  // Here, because the room begins afresh with other fighters.
  const [stance, setStance] = useState<Stance>(situation?.stance ?? 'stand');
  const [shows, setShows] = useState<Shows>({ boxes: true, inputs: true });
  // In an effect: the server knows nothing of this browser's memory.
  useEffect(() => {
    const [me, rival] = situation?.characters ?? [];
    const remembered = rememberedChoice(fighters);
    setChoice({ ...remembered, me: me ?? remembered.me, rival: rival ?? remembered.rival });
  }, [fighters, situation]);
  const onChoice = useCallback((next: Choice) => {
    rememberChoice(next);
    setChoice(next);
  }, []);
  if (!choice) return <main id="main" className="fixed inset-0 bg-ground" />;
  return (
    <PracticeRoom
      key={`${choice.me} ${choice.rival}`}
      choice={choice}
      fighters={fighters}
      exit={exit}
      onChoice={onChoice}
      stance={stance}
      onStance={setStance}
      shows={shows}
      onShows={setShows}
      situation={situation}
    />
  );
}

function PracticeRoom({
  choice,
  fighters,
  exit,
  onChoice,
  stance,
  onStance,
  shows,
  onShows,
  situation,
}: {
  choice: Choice;
  situation: Situation | undefined;
  fighters: readonly FighterCard[];
  exit: string;
  onChoice: (choice: Choice) => void;
  stance: Stance;
  onStance: (stance: Stance) => void;
  shows: Shows;
  onShows: (shows: Shows) => void;
}) {
  const t = useTranslations('practice');
  const side = useTranslations('hud');
  const { me, rival } = choice;
  const names = useMemo((): [string, string] => [side('p1'), t('dummy')], [side, t]);
  const characters = useMemo((): [number, number] => [me, rival], [me, rival]);
  const [menuOpen, setMenuOpen] = useState(false);
  const openMenu = useCallback(() => setMenuOpen(true), []);
  const history = useMemo(() => createInputHistory(), []);
  const measure = useMemo(() => createMeasure(), []);
  const device = useDevice();
  const controls = useFirstControls(device);

  const start = useCallback(() => practiceStart(characters, situation), [characters, situation]);
  const from = useMemo(() => (situation ? start() : undefined), [situation, start]);
  const match = useLocalMatch(
    {
      start,
      rival: { kind: 'dummy', stance },
      rules(state) {
        if (from) refillTo(from, state);
        else refill(state);
        measure.before(state);
      },
      onFrame(state, masks) {
        history.add(masks[0]);
        measure.after(state);
        if (from && hasEnded(state)) reset();
      },
      onHidden: openMenu,
    },
    names,
  );
  const { host, restart } = match;
  useEffect(() => host?.setController(2, { kind: 'dummy', stance }), [host, stance]);
  useEffect(() => host?.setPaused(menuOpen), [host, menuOpen]);
  const reset = useCallback(() => {
    history.clear();
    restart(start());
  }, [history, restart, start]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.code !== RESET_KEY ||
        event.repeat ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        menuOpen
      )
        return;
      reset();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [reset, menuOpen]);

  return (
    <LocalArena
      match={match}
      characters={characters}
      names={names}
      step={!host ? 'starting' : menuOpen ? 'paused' : 'fighting'}
      onMenu={openMenu}
      drawOver={shows.boxes ? drawBoxes : undefined}
    >
      <h1 className="sr-only">{t('title')}</h1>
      <PracticePanel stance={stance} onStance={onStance} shows={shows} onShows={onShows} onReset={reset} />
      {shows.inputs ? (
        <div className="practice-lists">
          <MoveFigures measure={measure} />
          <InputList history={history} />
        </div>
      ) : null}
      <FirstCard device={device} controls={controls} className="top-[30%]" />
      <PracticeMenu
        open={menuOpen}
        onOpenChange={setMenuOpen}
        fighters={fighters}
        choice={choice}
        onChoice={onChoice}
        muted={match.muted}
        onMuted={match.setMuted}
        pads={match.devices?.pads}
        exit={exit}
      />
    </LocalArena>
  );
}

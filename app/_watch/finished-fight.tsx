'use client';

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { FRAME_MS } from '../../engine/fighter/rules';
import { trpc } from '../_lib/trpc';
import { createHudStore, Hud } from '../_stage/hud';
import { createStage } from '../_stage/stage';
import { useStageText } from '../_stage/use-stage-text';
import { Skeleton } from '../_ui/states';
import { type LastMoments, lastMomentsOf } from './last-moments';

interface FightOf {
  readonly names: readonly [string, string];
  readonly characters: readonly [number, number];
  readonly seed: number;
}

/** A fight that was over when the page was opened, from its replay: its last blow, and how it ended. Fills its positioned parent. */
export function FinishedFight({
  matchId,
  otherwise,
  ...fight
}: FightOf & {
  readonly matchId: string;
  /** For a replay that this page can't play. */
  readonly otherwise: ReactNode;
}) {
  const replay = trpc.replay.get.useQuery({ sessionId: matchId }, { staleTime: Number.POSITIVE_INFINITY });
  const data = replay.data?.data;
  const moments = useMemo(
    () =>
      data === undefined
        ? undefined
        : lastMomentsOf(Uint8Array.from(atob(data), (char) => char.charCodeAt(0))),
    [data],
  );
  if (replay.isPending) return <Skeleton className="absolute inset-0" />;
  return moments ? <Picture moments={moments} {...fight} /> : otherwise;
}

function Picture({ moments, names, characters, seed }: FightOf & { readonly moments: LastMoments }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hud] = useState(() => createHudStore());
  const text = useStageText(names);
  const [first, second] = characters;
  useEffect(() => hud.set({ p1: { name: names[0] }, p2: { name: names[1] } }), [hud, names]);
  const onCall = useCallback((call: string) => hud.set({ call }), [hud]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const stage = createStage(element, { characters: [first, second], seed, reducedMotion, text, onCall });
    const observer = new ResizeObserver(() => stage.resize());
    observer.observe(element);
    let shownAtMs: number | undefined;
    let request = requestAnimationFrame(function draw(nowMs) {
      shownAtMs ??= nowMs;
      for (; shownAtMs <= nowMs; shownAtMs += FRAME_MS) moments.advance();
      stage.draw(moments.words, nowMs);
      const { timer, player1, player2 } = moments.readout();
      const [rounds1, rounds2] = moments.rounds();
      hud.set({
        timer,
        p1: { health: player1.health, gauge: player1.super_gauge, rounds: rounds1 },
        p2: { health: player2.health, gauge: player2.super_gauge, rounds: rounds2 },
      });
      request = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
      stage.dispose();
    };
  }, [moments, first, second, seed, text, onCall, hud]);

  return (
    <div className="absolute inset-0 overflow-hidden bg-[#14121a] text-[#f4ecdc]">
      <div aria-hidden="true" className="absolute inset-0">
        <canvas ref={canvas} className="size-full" />
      </div>
      <Hud store={hud} />
    </div>
  );
}

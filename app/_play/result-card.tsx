'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SessionMetrics } from '../../engine/rollback/session';
import type { EndCause } from '../../proto/sessions';
import { hex32 } from '../_lib/hex32';
import type { MatchEnd } from '../_match/match-host';
import type { MatchVerdict } from '../_match/match-link';
import { Sheet } from '../_ui/sheet';
import type { SetStanding } from './set-after';

export interface ResultCardProps {
  sessionId: string;
  verdict: MatchVerdict;
  /** What this browser computed; undefined when the match ended before its last frame. */
  end: MatchEnd | undefined;
  playerIndex: 1 | 2;
  names: readonly [string, string];
  /** How the set stands that the fight belongs to. */
  set: SetStanding | undefined;
  metrics: SessionMetrics | undefined;
  actions: ReactNode;
}

/** The server's verdict in the winner's colour, and what the netcode did to get there. */
export function ResultCard({
  sessionId,
  verdict,
  end,
  playerIndex,
  names,
  set,
  metrics,
  actions,
}: ResultCardProps) {
  const t = useTranslations('play.result');
  const outcome = verdict.winner === 0 ? 'none' : verdict.winner === playerIndex ? 'won' : 'lost';
  const winner = verdict.winner === 0 ? undefined : names[verdict.winner - 1];
  return (
    <Sheet lifted className="stamps w-full max-w-xl p-6 text-center">
      <h1
        data-testid="result"
        className={
          verdict.winner === 1
            ? 'text-title text-p1-text'
            : verdict.winner === 2
              ? 'text-title text-p2-text'
              : 'text-title'
        }
      >
        {t(outcome)}
      </h1>
      <p className="mt-2 text-lead">
        {winner ? t('winner', { name: winner }) : null} {why(verdict, outcome, t)}
      </p>
      {set ? <SetLine set={set} /> : null}
      <div className="mt-5 flex flex-wrap justify-center gap-3">{actions}</div>
      <dl
        data-testid="match-report"
        data-winner={verdict.winner}
        data-reason={verdict.reason}
        data-cause={verdict.cause}
        data-frames={end?.frames}
        data-checksum={end?.checksum}
        data-judged-frames={verdict.frames}
        data-judged-checksum={verdict.checksum}
        data-rollbacks={metrics?.rollbacks}
        data-desyncs={metrics?.desyncs}
        className="mt-6 flex flex-wrap justify-center gap-x-5 gap-y-1 border-t-2 border-edge pt-3 font-mono text-data text-quiet tabular-nums"
      >
        <Fact name={t('frames')} value={String(verdict.frames)} />
        <Fact name={t('checksum')} value={hex32(verdict.checksum)} />
        {metrics ? (
          <>
            <Fact
              name={t('rollbacks')}
              value={`${metrics.rollbacks} (${t('deepest', { frames: metrics.maxRollbackFrames })})`}
            />
            <Fact name={t('ping')} value={`${metrics.pingMs.toFixed(0)} ms`} />
            <Fact name={t('stalls')} value={String(metrics.stalls)} />
          </>
        ) : null}
      </dl>
      <p className="mt-3">
        <Link href={`/match/${encodeURIComponent(sessionId)}`} className="link font-semibold">
          {t('line')}
        </Link>
      </p>
    </Sheet>
  );
}

function SetLine({ set: { firstTo, own, theirs, isDecided } }: { set: SetStanding }) {
  const t = useTranslations('sets');
  const score = { firstTo, own, theirs };
  const key = !isDecided ? 'standing' : own > theirs ? 'won' : 'lost';
  return (
    <p data-testid="set" className="mt-2 font-poster text-heading tabular-nums">
      {t(key, score)}
    </p>
  );
}

/** What brought the end about, from where this player sees it; how the fight ended where nothing else did. */
function why(
  { cause, reason, winner }: MatchVerdict,
  outcome: 'won' | 'lost' | 'none',
  t: ReturnType<typeof useTranslations<'play.result'>>,
): string {
  if (cause === undefined) return t(`reasons.${reason}`);
  if (isNobodys(cause)) return t(`causes.none.${cause}`);
  // Somebody's doing, but nobody won by it.
  if (winner === 0 || outcome === 'none') return t(`reasons.${reason}`);
  return t(`causes.${outcome}.${cause}`);
}

type NobodysCause = 'word_against_word' | 'both_gone' | 'nothing_fought' | 'stalled' | 'no_path';

function isNobodys(cause: EndCause): cause is NobodysCause {
  return NOBODYS[cause];
}

/** Whether a cause blames nobody. */
const NOBODYS = {
  gave_up: false,
  removed: false,
  gone: false,
  silent_at_end: false,
  no_answer: false,
  withheld: false,
  two_stories: false,
  word_against_word: true,
  both_gone: true,
  nothing_fought: true,
  stalled: true,
  no_path: true,
} as const satisfies Record<EndCause, boolean>;

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt>{name}</dt>
      <dd className="text-text">{value}</dd>
    </div>
  );
}

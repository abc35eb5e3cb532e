'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { FRAME_MS } from '@/engine/fighter/rules';
import { hex32 } from '../_lib/hex32';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { ButtonLink } from '../_ui/button';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Fault, SkeletonRows } from '../_ui/states';
import { Fact, Facts } from './facts';
import { span, utc } from './format-time';
import { SessionLine } from './session-line';
import { SessionStatusBadge } from './status';
import { ToldSides } from './told-sides';
import { TraceTimeline } from './trace-timeline';
import { useReason } from './use-reason';

/** One session: who, how it stands, its timeline, verdict, configuration and what is stored of it. */
export function SessionView({
  sessionId,
  fighters,
}: {
  sessionId: string;
  /** Names of the characters by their number. */
  fighters: Readonly<Record<number, string>>;
}) {
  const t = useTranslations('admin');
  const locale = useLocale();
  const faultOf = useFault();
  const reasonOf = useReason();
  const query = trpc.admin.session.useQuery(
    { sessionId },
    { refetchInterval: (latest) => (isOver(latest.state.data?.status) ? false : 2_000) },
  );
  if (query.isPending) return <SkeletonRows rows={8} label={t('loading')} />;
  const session = query.data;
  if (!session) {
    return (
      <Fault
        title={faultOf(query.error) ?? t('failed')}
        action={<ButtonLink href="/admin/sessions">{t('sessions')}</ButtonLink>}
      />
    );
  }
  const { result, config, replay } = session;
  const { ruling } = session;
  const rulingText = !ruling
    ? t('rulingNone')
    : ruling.agrees
      ? `${t('rulingAgrees')} (${ruling.source})`
      : `${t('rulingDiffers', { field: ruling.difference?.field ?? '–' })} (${ruling.source})`;
  const names = [session.player1.playerName, session.player2.playerName] as const;
  const fighterName = (id: number | null) => (id === null ? '–' : (fighters[id] ?? String(id)));
  return (
    <>
      <Stale query={query} className="mb-4" />
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-heading">
          <span className="text-p1-text">{session.player1.playerName}</span>
          <span className="mx-2 text-quiet">vs</span>
          <span className="text-p2-text">{session.player2.playerName}</span>
        </h1>
        <SessionStatusBadge status={session.status} large />
        {session.reason ? <span className="text-quiet">{reasonOf(session.reason)}</span> : null}
        <code className="figure text-data text-quiet">{session.sessionId}</code>
        {session.status === 'connected' || session.status === 'paused' ? (
          <Link href={`/watch/${session.sessionId}`} className="link font-semibold">
            {t('watch')}
          </Link>
        ) : null}
      </div>
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid min-w-0 gap-8">
          {session.told ? <ToldSides told={session.told} names={names} /> : null}
          <Section title={t('timeline')} aside={t('events', { count: session.events.length })}>
            <TraceTimeline
              events={session.events}
              actors={{
                [session.player1.playerId]: { name: session.player1.playerName, side: 'p1' },
                [session.player2.playerId]: { name: session.player2.playerName, side: 'p2' },
              }}
            />
          </Section>
        </div>
        <div className="grid gap-8">
          <Section title={t('verdict')}>
            {result ? (
              <Facts>
                <Fact name={t('result')} value={t('winner', { winner: result.winner })} />
                <Fact name={t('reason')} value={reasonOf(result.reason)} />
                {result.cause === null ? null : (
                  <Fact name={t('cause')} value={t(`causes.${result.cause}`)} />
                )}
                <Fact
                  name={t('frames')}
                  value={`${result.frames} (${span(result.frames * FRAME_MS, locale)})`}
                />
                <Fact name={t('checksum')} value={hex32(result.checksum)} />
                {result.disputedFrame === null ? null : (
                  <Fact name={t('disputedFrame')} value={String(result.disputedFrame)} />
                )}
                <Fact name={t('secondRuling')} value={rulingText} />
              </Facts>
            ) : (
              <p className="text-quiet">{t('noVerdict')}</p>
            )}
          </Section>
          <SessionLine sessionId={session.sessionId} names={names} reports={session.wire} />
          <Section title={t('conduct')} aside={t('conductSpan')}>
            {session.conduct.every((counts) => counts.length === 0) ? (
              <p className="text-quiet">{t('conductNone')}</p>
            ) : (
              <Facts>
                {[session.player1, session.player2].flatMap(({ playerId, playerName }, index) =>
                  (session.conduct[index] ?? []).map(({ reason, isWhole, count }) => (
                    <Fact
                      key={`${playerId} ${reason} ${isWhole}`}
                      name={`${playerName}: ${t(`conductReasons.${reason}`)}`}
                      value={t(isWhole ? 'conductWhole' : 'conductHalf', { count })}
                    />
                  )),
                )}
              </Facts>
            )}
          </Section>
          <Section title={t('times')}>
            <Facts>
              <Fact name={t('created')} value={utc(session.createdAt, true)} />
              <Fact name={t('statuses.accepted')} value={utc(session.acceptedAt, true)} />
              <Fact name={t('statuses.connected')} value={utc(session.connectedAt, true)} />
              <Fact name={t('ended')} value={utc(session.endedAt, true)} />
            </Facts>
          </Section>
          <Section title={t('config')}>
            <Facts>
              <Fact
                name={t('characters')}
                value={[session.player1, session.player2]
                  .map(({ characterId }) => fighterName(characterId))
                  .join(' · ')}
              />
              <Fact name={t('seed')} value={config.seed === null ? '–' : hex32(config.seed)} />
              <Fact
                name={t('delay')}
                value={config.delayFrames === null ? '–' : String(config.delayFrames)}
              />
              <Fact name={t('engine')} value={config.engineDigest?.slice(0, 16) ?? '–'} />
            </Facts>
          </Section>
          <Section title={t('stored')}>
            <Facts>
              <Fact name={t('replay')} value={replay ? `${replay.frames} f · ${replay.bytes} B` : '–'} />
              {session.inputLogs.map((log) => (
                <Fact
                  key={log.player}
                  name={t('inputLog', { player: log.player })}
                  value={`${log.bytes} B`}
                />
              ))}
            </Facts>
          </Section>
        </div>
      </div>
    </>
  );
}

function isOver(status: string | undefined): boolean {
  return status === 'ended' || status === 'failed' || status === 'declined';
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { INVITE_CODE_CHARS } from '@/proto/signaling-limits';
import { getDb } from '@/server/db/client';
import { type Invitation, readInvite } from '@/server/invites/invites';
import { JoinInvite } from '../../../_invite/join-invite';
import { getViewer } from '../../../_lib/viewer';
import { ButtonLink } from '../../../_ui/button';
import { FightCard } from '../../../_ui/fight-card';
import { fighterCards } from '../../../_ui/fighters';
import { Page } from '../../../_ui/page';

interface Props {
  params: Promise<{ code: string }>;
}

async function invitationOf({ params }: Props): Promise<Invitation | null> {
  const { code } = await params;
  if (code.length !== INVITE_CODE_CHARS || !/^[\w-]+$/.test(code)) return null;
  const viewer = await getViewer();
  return readInvite(getDb(), code, new Date(), viewer?.playerId ?? null);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const t = await getTranslations('invite.join');
  const invite = await invitationOf(props);
  // A link is for whom it was sent to.
  const robots = { index: false };
  return { title: invite ? t('title', { name: invite.hostName }) : t('closed'), robots };
}

/** What a friend's link opens: who invites, and one click into the fight. */
export default async function JoinPage(props: Props) {
  const t = await getTranslations('invite.join');
  const invite = await invitationOf(props);
  const viewer = await getViewer();
  if (!invite)
    return (
      <Poster title={t('closed')} hint={t('closedHint')}>
        <ButtonLink tone="gold" href={viewer ? '/lobby' : '/'}>
          {t(viewer ? 'lobby' : 'home')}
        </ButtonLink>
      </Poster>
    );
  const { code, hostId, hostName, characterId, firstTo } = invite;
  if (viewer?.playerId === hostId)
    return (
      <Poster title={t('own')} hint={t('ownHint')}>
        <ButtonLink tone="gold" href="/lobby">
          {t('lobby')}
        </ButtonLink>
      </Poster>
    );
  const fighters = await fighterCards();
  const lobby = await getTranslations('lobby');
  return (
    <Poster
      title={t('title', { name: hostName })}
      hint={t(viewer ? 'hintMember' : 'hint', { firstTo })}
      card={
        <FightCard
          className="mt-6 text-left"
          names={[hostName, viewer?.playerName ?? lobby('you')]}
          notes={[fighters.find(({ id }) => id === characterId)?.name, null]}
        />
      }
    >
      <JoinInvite
        code={code}
        hostName={hostName}
        isMember={viewer !== null}
        fighterIds={fighters.map(({ id }) => id)}
      />
    </Poster>
  );
}

function Poster({
  title,
  hint,
  card,
  children,
}: {
  title: string;
  hint: string;
  card?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page>
      <div className="mx-auto w-full max-w-xl py-6 text-center">
        <h1 className="misprint text-title break-words">{title}</h1>
        <p className="mt-3 mb-6 text-lead text-quiet">{hint}</p>
        {card}
        {children}
      </div>
    </Page>
  );
}

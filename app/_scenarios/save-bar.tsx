'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';
import { jsonAt, textAt } from './draft';
import { exportFile } from './export-file';
import { IssueList } from './issue-list';
import type { EditedDraft } from './use-draft';

/** Saving, exporting, what is wrong, and the way into practice. */
export function SaveBar({ editor, scenarioId }: { editor: EditedDraft; scenarioId?: string }) {
  const t = useTranslations('scenarios');
  const faultOf = useFault();
  const router = useRouter();
  const utils = trpc.useUtils();
  const inject = trpc.scenario.inject.useMutation();
  const [savedTitle, setSavedTitle] = useState(() =>
    scenarioId === undefined ? undefined : textAt(editor.draft, 'title'),
  );
  const { draft, issues, version, isChanged, isRestored, isUnsafe } = editor;
  const title = textAt(draft, 'title');
  const isOther = savedTitle !== undefined && savedTitle !== title;

  async function save(): Promise<void> {
    try {
      const answer = await inject.mutateAsync({ scenario: draft, ifVersion: isOther ? 0 : version });
      if (!answer.kept) return editor.tell(answer.issues, draft);
      editor.saved(answer.kept, draft);
      setSavedTitle(title);
      notify({ tone: 'good', title: t('isSaved', { version: answer.kept.version }) });
      void utils.scenario.list.invalidate();
      if (answer.kept.scenarioId !== scenarioId) router.replace(`/scenarios/${answer.kept.scenarioId}`);
    } catch {
      // The mutation's own error is shown below; the draft stays.
    }
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="sheet grid gap-3 p-4">
        <div className="flex flex-wrap gap-3">
          <Button tone="gold" busy={inject.isPending} onClick={() => void save()}>
            {t('save')}
          </Button>
          <Button onClick={() => exportFile(draft, title)}>{t('export')}</Button>
        </div>
        <p role="status" className="text-data text-quiet">
          {isChanged
            ? t(isUnsafe ? 'draftUnsafe' : isRestored ? 'draftRestored' : 'draftKept')
            : t('unchanged', { version })}
        </p>
        {isOther ? <p className="text-data">{t('otherTitle', { title: savedTitle ?? '' })}</p> : null}
        <p className="text-data text-quiet">{t('keepsTheirs')}</p>
        {isChanged ? (
          <Button small className="w-fit" onClick={editor.discard}>
            {t('discard')}
          </Button>
        ) : null}
      </div>
      {inject.error ? <Fault title={t('notSaved')}>{faultOf(inject.error)}</Fault> : null}
      {issues.length > 0 ? <IssueList issues={issues} title={t('issues', { count: issues.length })} /> : null}
      {scenarioId !== undefined && jsonAt(draft, 'metadata.situation') !== undefined ? (
        <PracticeLink scenarioId={scenarioId} />
      ) : null}
    </div>
  );
}

/** Into the situation that is saved; the link works for everybody. */
function PracticeLink({ scenarioId }: { scenarioId: string }) {
  const t = useTranslations('scenarios');
  const href = `/practice?scenario=${scenarioId}`;
  async function copy(): Promise<void> {
    const link = new URL(href, location.origin).href;
    try {
      await navigator.clipboard.writeText(link);
      notify({ tone: 'good', title: t('copied') });
    } catch {
      notify({ tone: 'plain', title: t('copyByHand'), text: link });
    }
  }
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href={href}>{t('practise')}</ButtonLink>
      <Button onClick={() => void copy()}>{t('copyLink')}</Button>
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '../_ui/button';
import { LocalMenu, type LocalMenuProps, useDraft } from './local-menu';

/** The menu of practice. */
export function PracticeMenu({ choice, onChoice, ...rest }: LocalMenuProps) {
  const t = useTranslations('practice');
  const [draft, setDraft] = useDraft({ choice, open: rest.open });
  const isNew = draft.me !== choice.me || draft.rival !== choice.rival;
  const actions = (
    <>
      <Button {...(isNew ? {} : { tone: 'gold' })} onClick={() => rest.onOpenChange(false)}>
        {t('goOn')}
      </Button>
      {isNew ? (
        <Button tone="gold" onClick={() => onChoice(draft)}>
          {t('practiseNew')}
        </Button>
      ) : null}
      <ButtonLink href="/play/bot">{t('fightBot')}</ButtonLink>
    </>
  );
  return (
    <LocalMenu
      {...rest}
      description={t('practiceHint')}
      draft={draft}
      onDraft={setDraft}
      rival={t('dummy')}
      actions={actions}
    />
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { STRENGTH_NAMES } from '../../engine/bots/strengths';
import { Button } from '../_ui/button';
import { SelectField } from '../_ui/field';
import { LocalMenu, type LocalMenuProps, useDraft } from './local-menu';

/** The menu of a fight against a bot. */
export function BotMenu({ choice, onChoice, isOver, ...rest }: LocalMenuProps & { isOver: boolean }) {
  const t = useTranslations('practice');
  const menu = useTranslations('play.menu');
  const [draft, setDraft] = useDraft({ choice, open: rest.open });
  const isNew = draft.me !== choice.me || draft.rival !== choice.rival || draft.strength !== choice.strength;
  const actions = (
    <>
      {isOver ? null : (
        <Button {...(isNew ? {} : { tone: 'gold' })} onClick={() => rest.onOpenChange(false)}>
          {menu('resume')}
        </Button>
      )}
      <Button {...(isNew || isOver ? { tone: 'gold' } : {})} onClick={() => onChoice(draft)}>
        {isNew ? t('fightNew') : t('restart')}
      </Button>
    </>
  );
  const strength = (
    <SelectField
      small
      label={t('strength')}
      value={draft.strength}
      onChange={(event) => {
        const name = STRENGTH_NAMES.find((known) => known === event.target.value);
        if (name) setDraft({ ...draft, strength: name });
      }}
    >
      {STRENGTH_NAMES.map((name) => (
        <option key={name} value={name}>
          {t(`strengths.${name}`)}
        </option>
      ))}
    </SelectField>
  );
  return (
    <LocalMenu
      {...rest}
      description={isOver ? undefined : t('standsStill')}
      draft={draft}
      onDraft={setDraft}
      rival={t('rival')}
      actions={actions}
      choices={strength}
      hint={t(`strengthHints.${draft.strength}`)}
    />
  );
}

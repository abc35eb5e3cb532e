'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { Fault } from '../_ui/states';
import { useRefusal } from './use-refusal';

type Failure = Parameters<ReturnType<typeof useRefusal>>[0];

/** What a call of the server looks like to who waits for it. */
export interface Act {
  readonly isPending: boolean;
  readonly error: Failure;
  reset(): void;
}

/** A button that asks once more, with whatever else has to be said, before something happens that others notice. */
export function ConfirmButton({
  label,
  title,
  description,
  confirm,
  act,
  onConfirm,
  small,
  disabled,
  children,
}: {
  label: string;
  title: string;
  description?: string;
  /** What the button says that does it. */
  confirm: string;
  act: Act;
  /** Does it, with what was filled in; calls back when it is done. */
  onConfirm: (form: FormData, done: () => void) => void;
  small?: boolean;
  disabled?: boolean;
  children?: ReactNode;
}) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const [isOpen, setIsOpen] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onConfirm(new FormData(event.currentTarget), () => setIsOpen(false));
  }
  return (
    <>
      <Button
        {...(small ? { small } : {})}
        disabled={disabled}
        onClick={() => {
          act.reset();
          setIsOpen(true);
        }}
      >
        {label}
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title={title} {...(description ? { description } : {})}>
        <form onSubmit={submit} className="grid gap-4">
          {act.error ? <Fault title={wordsOf(act.error)} /> : null}
          {children}
          <div className="flex flex-wrap gap-3">
            <Button type="submit" busy={act.isPending}>
              {confirm}
            </Button>
            <Button onClick={() => setIsOpen(false)}>{t('back')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

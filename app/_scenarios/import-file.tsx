'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../_ui/button';
import { MAX_FILE_BYTES, readScenarioFile } from './check-draft';
import { keepDraft } from './draft-store';

/** A file that is dropped or chosen becomes a new draft; the editor says what is wrong in it. */
export function ImportFile() {
  const t = useTranslations('scenarios');
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const [isOver, setIsOver] = useState(false);

  async function take(file: File | undefined): Promise<void> {
    setFault(undefined);
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) {
      setFault(t('fileTooLarge', { size: Math.ceil(file.size / 1024), most: MAX_FILE_BYTES / 1024 }));
      return;
    }
    try {
      keepDraft('import', { draft: readScenarioFile(await file.text()), version: 0 });
      router.push('/scenarios/import');
    } catch (error) {
      setFault(
        t('fileUnreadable', { name: file.name, message: error instanceof Error ? error.message : '' }),
      );
    }
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same for keyboards
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={`grid gap-2 border-2 border-dashed p-4 ${isOver ? 'border-gold bg-raised' : 'border-edge'}`}
    >
      <div className="flex flex-wrap items-center gap-3">
        <Button small onClick={() => input.current?.click()}>
          {t('import')}
        </Button>
        <span className="text-data text-quiet">{t('importHint', { most: MAX_FILE_BYTES / 1024 })}</span>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t('import')}
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          void take(target.files?.[0]);
          target.value = '';
        }}
      />
      {fault ? (
        <p role="alert" className="text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  );
}

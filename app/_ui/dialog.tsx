'use client';

import * as Radix from '@radix-ui/react-dialog';
import { type ReactNode, useRef } from 'react';

/** A sheet over the page; Escape and the outside close it, and focus returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}) {
  const opener = useRef<Element>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fades-in fixed inset-0 z-40 bg-ink/75" />
        <Radix.Content
          className="slides-in sheet sheet-lifted scroll-hint fixed inset-x-4 top-1/2 z-50 mx-auto max-h-[85dvh] max-w-lg -translate-y-1/2 overflow-y-auto p-6 short:max-h-[calc(100dvh-1.5rem)] short:max-w-3xl short:p-4"
          {...(description ? {} : { 'aria-describedby': undefined })}
          // Radix gives it back to a trigger of its own only; these are opened by whatever a page has.
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          onEscapeKeyDown={(event) => {
            // A list that hangs from a field closes first.
            const at = event.target;
            if (at instanceof Element && at.getAttribute('aria-expanded') === 'true') event.preventDefault();
          }}
        >
          <Radix.Title className="text-heading">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-2 text-quiet">{description}</Radix.Description>
          ) : null}
          <div className="mt-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Issue } from '../../proto/scenario-check';
import type { Json } from './draft';

/** The draft that is edited, and what is wrong with it. */
export interface Editor {
  readonly draft: Json;
  readonly issues: readonly Issue[];
  /** Another value at a path; undefined takes it away. */
  set(path: string, value: Json | undefined): void;
  change(edit: (draft: Json) => Json): void;
}

const Context = createContext<Editor | undefined>(undefined);

export function EditorProvider({ editor, children }: { editor: Editor; children: ReactNode }) {
  return <Context value={editor}>{children}</Context>;
}

/** @throws outside of an editor */
export function useEditor(): Editor {
  const editor = useContext(Context);
  if (!editor) throw new Error('useEditor outside of EditorProvider');
  return editor;
}

/** What is wrong at a path itself, in one line. */
export function useIssueAt(path: string): string | undefined {
  const found = useEditor().issues.filter((issue) => issue.path === path);
  return found.length === 0 ? undefined : found.map(({ message }) => message).join('; ');
}

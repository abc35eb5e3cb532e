'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Issue } from '../../proto/scenario-check';
import { checkDraft, type Language } from './check-draft';
import { type Json, withAt } from './draft';
import { dropDraft, type KeptDraft, keepDraft, keptDraft } from './draft-store';
import type { Editor } from './editor-context';

/** What is typed is looked at, and kept in the browser, after a rest of this. Milliseconds. */
const REST_MS = 300;

/** A new scenario as it comes has faults that nobody has made yet: they are told from the first change on. */
const firstIssues = ({ draft, version }: KeptDraft, language: Language): readonly Issue[] =>
  version === 0 ? [] : checkDraft(draft, language);

export interface EditedDraft extends Editor {
  readonly version: number;
  /** Something was typed that is not saved. */
  readonly isChanged: boolean;
  /** It was typed before the page was loaded. */
  readonly isRestored: boolean;
  /** The browser keeps nothing: a reload loses what was typed. */
  readonly isUnsafe: boolean;
  /** Shows what the server found wrong in a draft, until something is typed; nothing where that came first. */
  tell(issues: readonly Issue[], sent: Json): void;
  /** The server keeps what was sent: nothing is left to be lost but what was typed since. */
  saved(kept: { readonly scenarioId: string; readonly version: number }, sent: Json): void;
  /** Goes back to what the server keeps. */
  discard(): void;
}

/**
 * A scenario while it is edited: checked while somebody types, and kept in this browser until it is saved.
 * @param name of the draft in this browser
 * @param saved what the server has
 */
export function useDraft(name: string, saved: KeptDraft, language: Language): EditedDraft {
  const [first] = useState(() => keptDraft(name));
  const [{ draft, version }, setState] = useState<KeptDraft>(first ?? saved);
  const [isChanged, setIsChanged] = useState(first !== undefined);
  const [isRestored, setIsRestored] = useState(first !== undefined);
  const [isUnsafe, setIsUnsafe] = useState(false);
  const [issues, setIssues] = useState<readonly Issue[]>(() =>
    first ? checkDraft(first.draft, language) : firstIssues(saved, language),
  );
  /** What the server has, and under which name what is typed is kept: a new scenario gets its own with the first save. */
  const home = useRef({ name, kept: saved });
  const isTold = useRef(false);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);

  useEffect(() => {
    if (!isChanged) return;
    const timer = setTimeout(() => {
      if (!isTold.current) setIssues(checkDraft(draft, language));
    }, REST_MS);
    // A reload may come before the rest is over.
    setIsUnsafe(!keepDraft(home.current.name, { draft, version }));
    return () => clearTimeout(timer);
  }, [draft, version, isChanged, language]);

  const change = useCallback((edit: (before: Json) => Json) => {
    isTold.current = false;
    setIsChanged(true);
    setState((state) => ({ ...state, draft: edit(state.draft) }));
  }, []);
  const set = useCallback(
    (path: string, value: Json | undefined) => change((before) => withAt(before, path, value)),
    [change],
  );
  return useMemo(
    () => ({
      ...{ draft, version, issues, isChanged, isRestored, isUnsafe, set, change },
      tell(found, sent) {
        if (latest.current !== sent) return;
        isTold.current = true;
        setIssues(found);
      },
      saved(kept, sent) {
        dropDraft(home.current.name);
        home.current = { name: kept.scenarioId, kept: { draft: sent, version: kept.version } };
        // What was typed since is kept again by the effect, under the name that the scenario has from now on.
        setIsChanged(latest.current !== sent);
        setIsRestored(false);
        setState((state) => ({ ...state, version: kept.version }));
      },
      discard() {
        const { kept } = home.current;
        dropDraft(home.current.name);
        setIsChanged(false);
        setIsRestored(false);
        setState(kept);
        setIssues(firstIssues(kept, language));
      },
    }),
    [draft, version, issues, isChanged, isRestored, isUnsafe, set, change, language],
  );
}

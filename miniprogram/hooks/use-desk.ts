import type { NoticeView } from '@shared/contract/notice'
import type { Failure } from '@shared/contract/problem'
import { useState } from 'react'
import type { Result } from '../api/call'
import {
  createNotice,
  getDeskNotice,
  isLocalOperator,
  listDesk,
  patchNotice,
  previewNotice,
  signInOperator,
  signOutOperator,
} from '../api/desk'
import { useShow } from '../platform/page'
import { bodyOf, contentOf, type DeskForm, EMPTY_PHASE, formOf, instantOf, unreadTimes } from './desk-form'
import { type DeskState, START } from './desk-state'
import { useDeskMoves } from './use-desk-moves'
import { serverNow } from './use-service'
import { currentLocale } from './use-settings'

/** Field → reason of a refusal; null for any other failure. */
export function problemsOf(failure: Failure): Record<string, string> | null {
  if (failure.kind !== 'problem' || !failure.problem.fields) return null
  return Object.fromEntries(failure.problem.fields.map(({ field, reason }) => [field, reason]))
}

/** State and moves of the operators' desk. */
export function useDesk(badTime: string) {
  const [state, setState] = useState(START)
  const [isOperator, setOperator] = useState(isLocalOperator)
  const change = (next: Partial<DeskState>) => setState(old => ({ ...old, ...next }))

  async function list(cursor: string | null = null) {
    change({ isReading: true })
    const result = await listDesk(cursor)
    if (!result.ok) return change({ isReading: false, failure: result.failure })
    const { items, nextCursor } = result.data
    setState(old => ({
      ...old,
      isReading: false,
      failure: null,
      items: cursor ? [...old.items, ...items] : items,
      cursor: nextCursor,
    }))
  }

  async function show(id: string) {
    const result = await getDeskNotice(id)
    change(result.ok ? { open: result.data, form: null, preview: null, failure: null } : { failure: result.failure })
  }

  /** What came of a change: the notice anew, or what is to be corrected. */
  async function settle(result: Result<NoticeView>, said: DeskState['said']) {
    if (!result.ok) {
      const problems = problemsOf(result.failure)
      return change(problems ? { problems, said: null } : { failure: result.failure, said: null })
    }
    change({ problems: {}, said })
    await Promise.all([show(result.data.id), list()])
  }

  /** False: a time cannot be read, and is marked. */
  function canSend(form: DeskForm): boolean {
    const unread = unreadTimes(form)
    change({ problems: Object.fromEntries(unread.map(field => [field, badTime])), said: null })
    return unread.length === 0
  }

  async function save(isDraft: boolean) {
    const { form } = state
    if (!form || !canSend(form)) return
    const said = isDraft || form.isPublic ? 'saved' : 'sent'
    if (form.id === null) return settle(await createNotice(bodyOf(form, isDraft), form.key, currentLocale()), said)
    const publishAt =
      form.isPublic || isDraft ? {} : { publishAt: instantOf(form.publishAt) ?? new Date(serverNow()).toISOString() }
    const patch = { ...contentOf(form), ...publishAt, ...(form.text ? { text: form.text } : {}) }
    return settle(await patchNotice(form.id, patch, currentLocale()), said)
  }

  async function preview() {
    const { form } = state
    if (!form || !canSend(form)) return
    const result = await previewNotice(bodyOf(form, false), currentLocale())
    if (result.ok) return change({ preview: result.data })
    const problems = problemsOf(result.failure)
    change(problems ? { problems } : { failure: result.failure })
  }

  useShow(() => void list())

  return {
    ...state,
    isOperator,
    emptyPhase: EMPTY_PHASE,
    moves: useDeskMoves(state.open, settle),
    show,
    save,
    showPreview: preview,
    more: () => void list(state.cursor),
    retry: () => void list(),
    close: () => change({ open: null, form: null, preview: null, problems: {}, said: null }),
    write: (form: DeskForm) => change({ form, preview: null }),
    edit: () => change(state.open ? { form: formOf(state.open.notice, state.open.publishAt), said: null } : {}),
    async toggleOperator() {
      if (isOperator) signOutOperator()
      else await signInOperator()
      setOperator(isLocalOperator())
      change({ ...START })
      await list()
    },
  }
}

export type Desk = ReturnType<typeof useDesk>

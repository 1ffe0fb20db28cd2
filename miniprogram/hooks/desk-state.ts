import type { NoticeView } from '@shared/contract/notice'
import type { OperatorNotice, Preview } from '@shared/contract/operator-notice'
import type { Failure } from '@shared/contract/problem'
import type * as z from 'zod/mini'
import type { DeskForm } from './desk-form'

export type DeskRow = NoticeView & { publishAt: string | null; origin: string }

export interface DeskState {
  isReading: boolean
  failure: Failure | null
  items: readonly DeskRow[]
  cursor: string | null
  open: OperatorNotice | null
  form: DeskForm | null
  preview: z.infer<typeof Preview> | null
  /** Field → what is wrong with it, by the names that the API uses. */
  problems: Readonly<Record<string, string>>
  said: 'saved' | 'sent' | 'moved' | 'extended' | null
}

export const START: DeskState = {
  isReading: true,
  failure: null,
  items: [],
  cursor: null,
  open: null,
  form: null,
  preview: null,
  problems: {},
  said: null,
}

import {
  CreateNotice,
  GetOperatorNotice,
  ListOperatorNotices,
  PatchNotice,
  PreviewNotice,
  TransitionNotice,
} from '@shared/contract/operator-endpoints'
import type { NoticeBody, NoticePatch, TransitionBody } from '@shared/contract/operator-notice'
import { operatorCode } from '../platform/sign-in-code'
import { STORED } from '../platform/storage'
import { call } from './call'
import { createIdentity, type Identity, person } from './session'

/** The operator of the local stack, apart from the person's own session. */
const localOperator = createIdentity(STORED.desk, operatorCode)

/** Who sits at the desk: the local operator once signed in, else the person, who may be an operator by configuration. */
function atDesk(): Identity {
  return localOperator.known() ? localOperator : person
}

export function isLocalOperator(): boolean {
  return localOperator.known() !== null
}

export async function signInOperator(): Promise<boolean> {
  return (await localOperator.session()) !== null
}

export function signOutOperator(): void {
  const session = localOperator.known()
  if (session) localOperator.end(session.token)
}

export const listDesk = (cursor: string | null) =>
  call(ListOperatorNotices, { query: { limit: '30', ...(cursor ? { cursor } : {}) }, as: atDesk() })

export const getDeskNotice = (id: string) => call(GetOperatorNotice, { params: { id }, as: atDesk() })

export const createNotice = (body: NoticeBody, idempotencyKey: string, language: string) =>
  call(CreateNotice, { body, idempotencyKey, language, as: atDesk() })

export const patchNotice = (id: string, body: NoticePatch, language: string) =>
  call(PatchNotice, { params: { id }, body, language, as: atDesk() })

export const moveNotice = (id: string, body: TransitionBody, language: string) =>
  call(TransitionNotice, { params: { id }, body, language, as: atDesk() })

export const previewNotice = (body: NoticeBody, language: string) =>
  call(PreviewNotice, { body, language, as: atDesk() })

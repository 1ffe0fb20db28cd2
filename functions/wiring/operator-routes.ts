import {
  CreateNotice,
  GetOperatorNotice,
  ListOperatorNotices,
  PatchNotice,
  PreviewNotice,
  TransitionNotice,
} from '@shared/contract/operator-endpoints'
import { ServiceError } from '../errors'
import { createNotice, moveNotice, patchNotice } from '../notices/author-notice'
import type { Template } from '../notices/fan-out/ports'
import { noticeView } from '../notices/notice-view'
import { operatorRow, operatorView } from '../notices/operator-view'
import { previewNotice } from '../notices/preview-notice'
import { listAllNotices } from '../notices/read-notices'
import { type Route, route } from '../platform/endpoint'
import { noticeStore } from '../store/notice-store'
import type { Table } from '../store/table'
import { waveStore } from '../store/wave-store'
import type { Clock, KeyedHash } from '../verification/ports'
import type { Secrets } from './deps'
import { cursorsOf, siteOf } from './notice-site'

export interface OperatorDeps {
  clock: Clock
  templates: readonly Template[]
  publicUrl: string | undefined
}

/** The operators' desk; others find no such calls. */
export function operatorRoutes(
  { clock, templates, publicUrl }: OperatorDeps,
  store: Table,
  session: () => Promise<{ secrets: Secrets; hash: KeyedHash }>,
): Route[] {
  const notices = noticeStore(store)
  const waves = waveStore(store, clock)
  const ports = async () => ({ notices, waves, clock, hash: (await session()).hash })
  return [
    route(ListOperatorNotices, async ({ query }) => {
      const cursors = cursorsOf((await session()).secrets.cursorKey)
      const { notices: shown, nextCursor } = await listAllNotices({ notices, clock }, query, cursors)
      return { status: 200, body: { items: shown.map(notice => operatorRow(notice, clock.now())), nextCursor } }
    }),
    route(CreateNotice, async ({ userId, key, body }) => {
      const notice = await createNotice(await ports(), { userId, key }, body)
      return { status: 201, body: noticeView(notice, clock.now()) }
    }),
    route(PreviewNotice, async ({ body, copy }) => ({
      status: 200,
      body: previewNotice({ clock, templates, site: siteOf(publicUrl, copy) }, body),
    })),
    route(GetOperatorNotice, async ({ params }) => {
      const notice = await notices.read(params.id)
      if (notice === null) throw new ServiceError('NOT_FOUND')
      return { status: 200, body: await operatorView(await ports(), notice, clock.now()) }
    }),
    route(PatchNotice, async ({ userId, params, body }) => {
      const notice = await patchNotice(await ports(), userId, params.id, body)
      return { status: 200, body: noticeView(notice, clock.now()) }
    }),
    route(TransitionNotice, async ({ userId, params, body }) => {
      const notice = await moveNotice(await ports(), userId, params.id, body)
      return { status: 200, body: noticeView(notice, clock.now()) }
    }),
  ]
}

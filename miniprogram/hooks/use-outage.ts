import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import type { FormView } from '@shared/invoice/form'
import { REGIONS } from '@shared/invoice/region'
import type { Impact } from '@shared/notice/notice'
import { componentsOfKind, standingOf } from '@shared/notice/relevance'
import { serverNow } from './use-service'
import { nearNotices, useStanding } from './use-standing'

/** While these last nobody gets an answer. */
const BLOCKING: readonly Impact[] = ['down', 'read_only']

/** The notice that says that nobody can check what stands in the form now; null when checking goes on. */
export function useOutage({ kind, regionName, notCheckable }: FormView): NoticeView | null {
  const near = nearNotices(useStanding())
  if (near.length === 0 || notCheckable !== null) return null
  const region = REGIONS.find(({ name }) => name === regionName)?.code ?? null
  const notices = near.map(nearNotice)
  const now = serverNow()
  const stopped = componentsOfKind(kind)
    .filter(component => component !== 'digital_sync')
    .map(component => standingOf(component, region, notices, now))
    .find(({ impact }) => impact !== null && BLOCKING.includes(impact))
  return near.find(({ id }) => id === stopped?.notice?.id) ?? null
}

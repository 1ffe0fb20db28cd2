import { COMPONENTS } from '../notice/notice'
import type { Windowed } from '../notice/windows'
import type { NoticeView } from './notice'

/** A notice as the rules of `shared/notice` judge it on the phone. */
export interface NearNotice extends Windowed {
  id: string
}

const time = (iso: string | null) => (iso === null ? null : Date.parse(iso))

/** What the rules take, from what the API answered. Components that this version does not know are left out. */
export function nearNotice({ id, type, state, phases, eta, publishedAt }: NoticeView): NearNotice {
  return {
    id,
    type,
    state,
    phases: phases.map(phase => ({
      ...phase,
      startsAt: Date.parse(phase.startsAt),
      endsAt: time(phase.endsAt),
      components: COMPONENTS.filter(name => phase.components.includes(name)),
    })),
    eta: time(eta),
    publishedAt: time(publishedAt),
  }
}

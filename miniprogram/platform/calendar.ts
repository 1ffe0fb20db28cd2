import { feedAddress } from './feeds'

/** One window for the phone's calendar. Times in ms. */
export interface CalendarEntry {
  noticeId: string
  title: string
  description: string
  startsAt: number
  endsAt: number
  /** Our page, signed by the server for this person; null when there is none. */
  link: { path: string; signature: string | null } | null
}

/** `handed`: the phone shows its own form, and nobody learns what became of it. */
export type CalendarAnswer = 'handed' | 'downloaded' | 'cancelled' | 'refused'

/** An entry of the phone opens our page by a link that is made before the tap; a file has no need of one. */
export const NEEDS_LINK = false

/** H5: the browser hands the file to the calendar. In weapp: `calendar.weapp.ts`. */
export async function addToCalendar({ noticeId }: CalendarEntry): Promise<CalendarAnswer> {
  const link = document.createElement('a')
  link.href = feedAddress('ics', noticeId)
  link.download = `${noticeId}.ics`
  link.click()
  return 'downloaded'
}

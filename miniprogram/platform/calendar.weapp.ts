import Taro from '@tarojs/taro'
import type { CalendarAnswer, CalendarEntry } from './calendar'
import { gated } from './privacy'

export const NEEDS_LINK = true

/** The phone reminds an hour before, s. */
const ALARM_S = 3600

const phone = Taro as unknown as { addPhoneCalendar?: (options: object) => Promise<unknown> }

/**
 * Hands one window to the phone's calendar. It must be called before any await of a tap's handler. Android reports success
 * when the person cancelled, too, so nobody may say "added" [wechat-platform, rules].
 */
export async function addToCalendar(entry: CalendarEntry): Promise<CalendarAnswer> {
  const { title, description, startsAt, endsAt, link } = entry
  if (!phone.addPhoneCalendar) return 'refused'
  const options = {
    title,
    description,
    startTime: Math.floor(startsAt / 1000),
    endTime: String(Math.floor(endsAt / 1000)),
    alarm: true,
    alarmOffset: ALARM_S,
    ...(link?.signature ? { path: link.path, signature: link.signature } : {}),
  }
  const answer = await gated(async () => phone.addPhoneCalendar?.(options))
  if (answer.ok) return 'handed'
  return answer.cancelled ? 'cancelled' : 'refused'
}

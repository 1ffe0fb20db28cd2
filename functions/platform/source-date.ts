import { parseIssueDate, shanghaiDay } from '@shared/invoice/issue-date'

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
/** RFC 822 as feeds write it: `Sat, 28 Nov 2026 18:00:00 +0800` [RSS 2.0 specification, pubDate]. */
const RFC_822 =
  /(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})(?: (\d{2}):(\d{2})(?::\d{2})? ?(?:([+-])(\d{2}):?(\d{2})|[A-Z]{1,4})?)?/
const ISO = /(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/
const PRINTED = /(\d{4}) ?(?:年|[-/.]) ?(\d{1,2}) ?(?:月|[-/.]) ?(\d{1,2})/

function rfc822Day(text: string): string | null {
  const found = RFC_822.exec(text)
  if (!found) return null
  const [, date, name = '', year, hour = '12', minute = '0', sign, zoneHours = '0', zoneMinutes = '0'] = found
  const month = MONTHS.indexOf(name) / 3
  if (!Number.isInteger(month) || month < 0) return null
  const ahead = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
  const at = Date.UTC(Number(year), month, Number(date), Number(hour), Number(minute) - ahead)
  return new Date(at).getTime() === at ? shanghaiDay(at) : null
}

/**
 * The day, `YYYY-MM-DD` in Asia/Shanghai, that a feed or a list prints beside an item: an instant of ISO 8601 or RFC 822, or a
 * date as people write it, with anything around it. Null when there is none.
 */
export function dayOfText(text: string): string | null {
  const short = text.slice(0, 200)
  const instant = ISO.exec(short)
  if (instant) {
    const at = Date.parse(instant[0])
    return Number.isNaN(at) ? null : shanghaiDay(at)
  }
  const printed = PRINTED.exec(short)
  if (printed) {
    const day = parseIssueDate(`${printed[1]}-${printed[2]}-${printed[3]}`)
    return day.ok ? day.value : null
  }
  return rfc822Day(short)
}

import { asRecord } from './sim-invoice'

// WeChat's own rules, apart from functions/notices/fan-out/message-field.ts: a mistake there must not agree with itself here.
const DAY = /^(\d{4})年(\d{1,2})月(\d{1,2})日(?: (.+))?$/
const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

function isMoment(text: string, dayNeeded: boolean): boolean {
  const [, year, month, day, clock] = DAY.exec(text) ?? []
  if (year === undefined) return !dayNeeded && CLOCK.test(text)
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  return isReal && (clock === undefined || CLOCK.test(clock))
}

function isTime(text: string, dayNeeded: boolean): boolean {
  const ends = text.split('~')
  return ends.length <= 2 && ends.every(end => isMoment(end, dayNeeded))
}

const within = (text: string, longest: number) => text.length <= longest
const isControl = (char: string) => char < ' ' || char === '\u007f' || char === '\u2028' || char === '\u2029'

/** What a value must be, by the letters of its key [upstreams reference § 6.1, template value limits]. */
const RULES: Readonly<Record<string, (text: string) => boolean>> = {
  thing: text => within(text, 20) && ![...text].some(isControl) && !/\p{Cs}/u.test(text),
  number: text => within(text, 32) && /^\d+(\.\d+)?$/.test(text),
  letter: text => /^[A-Za-z]{1,32}$/.test(text),
  symbol: text => /^[!-/:-@[-`{-~]{1,5}$/.test(text),
  character_string: text => /^[!-~]{1,32}$/.test(text),
  phrase: text => /^[一-龥]{1,5}$/.test(text),
  time: text => isTime(text, false),
  date: text => isTime(text, true),
  amount: text => /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/.test(text),
  phone_number: text => /^[\d+-]{1,17}$/.test(text),
  car_number: text => within(text, 8) && /^[A-Z0-9一-龥]+$/.test(text),
  name: text => /^[一-龥]{1,10}$/.test(text) || /^[A-Za-z]{1,20}$/.test(text),
}

/** Whether WeChat takes a text in a field of the key, such as `thing1`. */
export function takesValue(key: string, text: string): boolean {
  const rule = RULES[key.replace(/\d+$/, '')]
  return text.trim() !== '' && rule !== undefined && rule(text)
}

/** The first field that WeChat refuses; null when it takes all. */
export function refusedField(fields: Readonly<Record<string, unknown>>, data: unknown): string | null {
  const given = asRecord(data)
  const extra = Object.keys(given).find(key => !Object.hasOwn(fields, key))
  if (extra !== undefined) return extra
  const refused = Object.keys(fields).find(key => {
    const { value } = asRecord(given[key])
    return typeof value !== 'string' || !takesValue(key, value)
  })
  return refused ?? null
}

/**
 * Bug classes that status pages are known for: the uptime-kuma row of the performance and reliability reference, § 3.1. Each
 * test names the issue there. What needs pages or the server is tested with them.
 */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { bannerText } from '@shared/copy/notice-copy-banner'
import { instantOf, instantOfDay, shanghaiClock, shanghaiInstant } from '@shared/notice/instant'
import { nextWake } from '@shared/notice/next-wake'
import { isQuiet } from '@shared/notice/quiet-hours'
import { bannerOf, standingOf } from '@shared/notice/relevance'
import { showTime, showWindow } from '@shared/notice/show-window'
import { tellingsAt } from '@shared/notice/tellings'
import * as fc from 'fast-check'
import { seenInZone } from './in-zone'
import { DAY, HOUR, MINUTE, moved, phase, plan, publish, rewritten, run, sh, window } from './written'

const root = path.join(__dirname, '../../..')
const zh = noticeCopyFor('zh-CN').time
const fresh = (notice = plan([window('2026-11-28 20:00', '2026-11-29 12:00')])) => ({ notice, claims: {} })
const everyMinute = (from: number, to: number) =>
  Array.from({ length: (to - from) / MINUTE }, (_, i) => from + i * MINUTE)

describe('uptime-kuma #6233: summer time', () => {
  test('a window keeps its hours in Shanghai on the nights when other countries change theirs', () => {
    for (const day of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01']) {
      const [from, to] = [sh(`${day} 00:00`), sh(`${day} 23:00`)]
      expect(to - from).toBe(23 * HOUR)
      expect(showWindow(from, to, zh, from)).toBe('今天 00:00 至 23:00（北京时间）')
    }
  })

  test('an instant with the zone of a place in summer time and in winter is the same instant in Shanghai', () => {
    expect(instantOf('2026-11-01T01:30:00-04:00')).toBe(sh('2026-11-01 13:30'))
    expect(instantOf('2026-11-01T01:30:00-05:00')).toBe(sh('2026-11-01 14:30'))
  })

  test('the summer time of Shanghai of 1986–1991 is left out on purpose: every day has 24 hours', () => {
    for (const day of ['1986-05-04', '1988-07-01', '1991-09-15']) {
      expect(sh(`${day} 24:00`) - sh(`${day} 00:00`)).toBe(DAY)
      expect(instantOfDay(day)).toBe(Date.parse(`${day}T00:00:00+08:00`))
      expect(showTime(sh(`${day} 12:00`), zh)).toMatch(/12:00$/)
      expect(isQuiet(sh(`${day} 22:00`))).toBe(true)
      expect(isQuiet(sh(`${day} 08:00`))).toBe(false)
    }
  })

  test('the reminder a day before comes 24 hours before, also over a change of hours elsewhere', () => {
    const notice = plan([window('2026-11-01 14:00', '2026-11-01 16:00')])
    const { told } = run(fresh(notice), everyMinute(sh('2026-10-31 08:00'), sh('2026-10-31 21:00')))
    expect(told.at(-1)).toEqual({ key: '1.before_24h', at: sh('2026-10-31 14:00') })
  })
})

describe('uptime-kuma #4066: Shanghai was chosen, the zone of the device was used', () => {
  const zones = ['America/New_York', 'UTC', 'Asia/Kolkata', 'Pacific/Kiritimati']

  test('windows, banners, quiet hours and late uploads are the same in every zone', async () => {
    const file = JSON.stringify(path.join(__dirname, 'in-zone.ts'))
    const script = `import(${file}).then(({ seenInZone, default: all }) => console.log(JSON.stringify((seenInZone ?? all.seenInZone)())))`
    const answers = await Promise.all(
      zones.map(async TZ => {
        const env = { ...process.env, TZ }
        const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script], {
          cwd: root,
          env,
        })
        return JSON.parse(stdout) as ReturnType<typeof seenInZone>
      }),
    )
    expect(new Set(answers.map(({ here }) => here)).size).toBeGreaterThan(2)
    for (const { seen } of answers) expect(seen).toEqual(seenInZone().seen)
    expect(answers[0]?.seen).toMatchObject({
      startsAt: Date.UTC(2026, 10, 28, 10),
      window: '2026年11月28日 18:00 至 2026年11月29日 08:00（北京时间）',
      banner: '今天 18:00 起维护，预计明天 08:00（北京时间）恢复',
      quiet: [false, true, Date.UTC(2026, 10, 29, 0)],
      explained: [false, true, true, false],
    })
  }, 60_000)

  test('no code of the notices asks the device for its zone', () => {
    const local =
      /\.get(?:Hours|Minutes|Date|Day|Month|FullYear|TimezoneOffset)\(|\.setHours|Intl\.|toLocale|Date\.parse|new Date\([^)]*,/
    const files = readdirSync(path.join(root, 'shared/notice'), { recursive: true, encoding: 'utf8' })
    const sources = files.filter(name => name.endsWith('.ts'))
    expect(sources.length).toBeGreaterThan(8)
    for (const name of sources)
      expect(`${name}: ${readFileSync(path.join(root, 'shared/notice', name), 'utf8')}`).not.toMatch(local)
  })
})

describe('uptime-kuma #2987: a maintenance that works only once', () => {
  test('each version is told in full, however often a window is moved', () => {
    let stored = run(fresh(), [sh('2026-11-26 20:00')])
    for (const day of [1, 2, 3]) {
      const now = sh('2026-11-27 09:00') + (day - 1) * 3 * DAY
      const from = now + 2 * DAY
      stored = run(
        { ...stored, notice: rewritten(stored.notice, [phase(from, from + HOUR)], now) },
        everyMinute(now, from + MINUTE),
      )
      const told = stored.told.map(({ key }) => key.split('.')[1])
      expect(told).toEqual(['changed', 'before_24h', 'before_1h', 'started'])
    }
  })

  test('every window of a notice comes into force, not the first alone', () => {
    const nights = [28, 29, 30].map(day => window(`2026-11-${day} 20:00`, `2026-11-${day} 23:00`))
    const { notice } = run(fresh(plan(nights)), [sh('2026-11-28 20:00'), sh('2026-11-29 12:00')])
    const standing = (text: string) => standingOf('verification', null, [notice], sh(text)).standing
    expect(notice.state).toBe('in_progress')
    for (const day of [28, 29, 30]) expect(standing(`2026-11-${day} 21:00`)).toBe('maintenance')
    expect(standing('2026-11-29 12:00')).toBe('operational')
  })
})

test('uptime-kuma #3066: while a maintenance is on nothing is told but its changes and its end', () => {
  const on = run(fresh(), everyMinute(sh('2026-11-26 20:00'), sh('2026-11-28 20:01')))
  const during = run(on, everyMinute(sh('2026-11-28 20:01'), sh('2026-11-29 12:00')))
  expect(on.told.at(-1)?.key).toBe('1.started')
  expect(during.told).toEqual([])
  expect(run(during, everyMinute(sh('2026-11-29 12:00'), sh('2026-11-30 12:00'))).told).toEqual([])
})

describe('uptime-kuma #4930: an "Invalid time value" that breaks everything', () => {
  const odd = [Number.NaN, Infinity, -Infinity, 8.64e15 + 1, -8.64e15 - 1, 1e308, -1, 0]

  test('what the calendar does not have is no instant', () => {
    const texts = [
      '2026-02-30T10:00:00+08:00',
      '2025-02-29T10:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-11-28T25:00:00Z',
      '2026-11-28T24:01:00Z',
      '2026-11-28T10:60:00Z',
      '2026-11-28T10:00:61Z',
      '2026-11-28T10:00:00+15:00',
      '2026-11-28T10:00:00',
      'NaN',
      '',
      'Invalid Date',
      '+275760-09-13T00:00:00Z',
    ]
    for (const text of texts) expect([text, instantOf(text)]).toEqual([text, null])
    for (const text of [
      '2026-02-30 18:00',
      '2026-11-31 18:00',
      '0000-01-01 00:00',
      '2026-11-28 24:30',
      '2026-11-28',
      'morgen',
    ]) {
      expect([text, shanghaiInstant(text)]).toEqual([text, null])
    }
    expect(instantOf('2028-02-29T23:59:59.999+08:00')).toBe(Date.parse('2028-02-29T23:59:59.999+08:00'))
    expect(instantOf('2026-11-28T24:00:00+08:00')).toBe(sh('2026-11-29 00:00'))
  })

  test('an odd time in a notice has words, and no list breaks on it', () => {
    for (const at of odd) {
      const notice = plan([phase(at, at)], { publishedAt: 0, eta: at })
      for (const locale of ['zh-CN', 'en'] as const) {
        expect(() => showWindow(at, at, noticeCopyFor(locale).time, at)).not.toThrow()
        expect(() => bannerText(notice, at, locale)).not.toThrow()
      }
      expect(() => [
        bannerOf([notice], at),
        tellingsAt(notice, {}, at),
        nextWake(notice, {}, at),
        publish(fresh(notice), at),
      ]).not.toThrow()
    }
    expect(showTime(Number.NaN, zh)).toBe('时间待定')
    expect(shanghaiClock(8.64e15)).toBeNull()
  })

  test('no text and no number throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.double(), (text, at) => {
        expect(() => [
          instantOf(text),
          instantOfDay(text),
          shanghaiInstant(text),
          showTime(at, zh, at),
          shanghaiClock(at),
        ]).not.toThrow()
      }),
    )
  })

  test('what reads as an instant is the instant that the language reads, over month ends, year ends and leap days', () => {
    const instants = fc.date({
      min: new Date('1900-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, at => {
        expect(instantOf(at.toISOString())).toBe(at.getTime())
      }),
    )
  })
})

test('uptime-kuma #7895: every time in words names its zone, and is of that zone', () => {
  const [from, to] = [sh('2026-11-28 23:30'), sh('2026-11-29 00:30')]
  for (const locale of ['zh-CN', 'en'] as const) {
    const { time } = noticeCopyFor(locale)
    for (const text of [
      showWindow(from, to, time),
      showWindow(from, null, time),
      bannerText(plan([phase(from, to)]), from - HOUR, locale),
    ]) {
      expect(text).toContain(time.zone)
      expect(text).toContain('23:30')
      expect(text).not.toMatch(/UTC|GMT|\+08|15:30/)
    }
  }
})

test('uptime-kuma #2462: the start and the end of a maintenance are told', () => {
  const on = run(fresh(), everyMinute(sh('2026-11-28 19:30'), sh('2026-11-28 20:30')))
  const over = { ...on, notice: moved(on.notice, 'completed', sh('2026-11-29 12:10')) }
  const keys = [...on.told, ...run(over, [sh('2026-11-29 12:10')]).told].map(({ key }) => key)
  expect(keys).toEqual(expect.arrayContaining(['1.started', '1.ended']))
})

test('uptime-kuma #4474: what was told is never told again, by however many runs at once', () => {
  const stored = fresh()
  const now = sh('2026-11-28 20:00')
  const first = publish(stored, now, 'one')
  expect(publish(first, now, 'two').claimed).toEqual([])
  expect(publish(stored, now, 'three').claimed).toEqual(first.claimed)
  expect(first.claimed.filter(({ tell }) => tell)).toHaveLength(1)
})

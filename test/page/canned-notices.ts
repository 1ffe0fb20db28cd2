import type { InboxItem, NoticeView, PhaseView, Status, Subscriptions } from '@shared/contract/notice'
import { COMPONENTS } from '@shared/notice/notice'
import { CANNED_NOW as NOW } from './canned-now'

const HOUR = 3_600_000

/** A moment `hours` after `NOW`. */
export function hoursFromNow(hours: number): string {
  return new Date(Date.parse(NOW) + hours * HOUR).toISOString()
}

export function phase(change: Partial<PhaseView> = {}): PhaseView {
  return {
    startsAt: hoursFromNow(10),
    endsAt: hoursFromNow(22),
    components: ['verification', 'digital_sync'],
    regions: [],
    impact: 'down',
    workaround: null,
    channels: [],
    ...change,
  }
}

/** A notice as the API answers it: maintenance tonight unless told otherwise. */
export function notice(change: Partial<NoticeView> = {}): NoticeView {
  const phases = change.phases ?? [phase()]
  const eta = change.eta === undefined ? (phases[phases.length - 1]?.endsAt ?? null) : change.eta
  return {
    id: 'ntc_1',
    version: 1,
    type: 'maintenance',
    state: 'scheduled',
    title: '税务数字账户与查验平台升级',
    summary: '查验、数电票同步停止；网页与 App 仍可登录。',
    phases,
    eta,
    etaHistory: [{ at: hoursFromNow(-20), eta }],
    source: '税务局公告',
    sourceUrl: 'https://example.com/notice/1',
    confidence: 'confirmed',
    updates: [],
    review: null,
    overdue: false,
    startsAt: phases[0]?.startsAt ?? null,
    endsAt: phases[phases.length - 1]?.endsAt ?? null,
    endedAt: null,
    createdAt: hoursFromNow(-20),
    publishedAt: hoursFromNow(-20),
    ...change,
  }
}

/** It is on since two hours, and is to end in ten hours and twenty minutes. */
export function onNow(change: Partial<NoticeView> = {}): NoticeView {
  return notice({
    state: 'in_progress',
    phases: [
      phase({
        startsAt: hoursFromNow(-2),
        endsAt: hoursFromNow(10 + 1 / 3),
        workaround: '急用时向销售方要原始电子文件（OFD 或 XML）。',
        channels: [{ name: '12366', note: '08:30–17:30，可问受理情况', copy: '12366' }, '当地办税服务厅'],
      }),
    ],
    ...change,
  })
}

export function overdue(): NoticeView {
  return onNow({
    overdue: true,
    phases: [phase({ startsAt: hoursFromNow(-12), endsAt: hoursFromNow(-35 / 60) })],
  })
}

/** An outage that nobody knows the end of, with everything that a story can have. */
export function incident(change: Partial<NoticeView> = {}): NoticeView {
  return notice({
    id: 'ntc_2',
    version: 3,
    type: 'incident',
    state: 'identified',
    title: '发票查验中断',
    summary: '',
    phases: [phase({ startsAt: hoursFromNow(-1), endsAt: null, components: ['verification'], regions: ['11', '31'] })],
    eta: null,
    etaHistory: [
      { at: hoursFromNow(-0.5), eta: null },
      { at: hoursFromNow(-0.9), eta: hoursFromNow(-0.2) },
    ],
    source: '我们自己的查验',
    sourceUrl: null,
    confidence: 'measured',
    updates: [
      { at: hoursFromNow(-0.5), state: 'identified', text: '查验平台的入口没有答复，已告知运营方。' },
      { at: hoursFromNow(-0.9), state: 'investigating', text: '' },
    ],
    ...change,
  })
}

export function ended(change: Partial<NoticeView> = {}): NoticeView {
  return notice({
    id: 'ntc_0',
    state: 'completed',
    title: '上月的例行维护',
    phases: [phase({ startsAt: hoursFromNow(-400), endsAt: hoursFromNow(-390) })],
    endedAt: hoursFromNow(-389),
    review: '比原定晚一小时恢复。\n下次会提前一天通知。',
    ...change,
  })
}

/** A component's last days, today last: answered and failed. */
export function daysOf(counts: readonly (readonly [number, number])[]): Status['components'][number]['days'] {
  return counts.map(([answered, failed], at) => ({
    day: hoursFromNow(8 - (counts.length - 1 - at) * 24).slice(0, 10),
    answered,
    failed,
  }))
}

/** 90 days in which no day is like the day before: the longest row there can be. */
export const RESTLESS = daysOf(
  Array.from(
    { length: 90 },
    (_, at) =>
      [
        [99, 1],
        [60, 40],
        [10, 90],
      ][at % 3] as [number, number],
  ),
)

const QUIET = daysOf(Array.from({ length: 60 }, (_, at) => (at === 20 ? [30, 70] : at === 41 ? [70, 30] : [100, 0])))

export function status(change: Partial<Status> = {}, days = QUIET): Status {
  return {
    now: NOW,
    components: COMPONENTS.map(component => ({
      component,
      standing: 'operational' as const,
      impact: null,
      noticeId: null,
      until: null,
      recent: component === 'verification' ? { checks: 214, failedShare: 0.03 } : { checks: 4, failedShare: null },
      days: component === 'wechat' ? [] : days,
    })),
    current: [],
    upcoming: [],
    ...change,
  }
}

export function subscriptions(change: Partial<Subscriptions> = {}): Subscriptions {
  const template = (key: 'plan' | 'recovery' | 'check', title: string, left: number) => ({
    templateId: `tpl_${key}`,
    key,
    title,
    left,
    refused: false,
  })
  return {
    components: [],
    regions: [],
    recoveries: [],
    templates: [
      template('plan', '系统维护通知', 1),
      template('recovery', '服务恢复通知', 2),
      template('check', '查验结果通知', 0),
    ],
    canMessage: true,
    unread: 0,
    ...change,
  }
}

export function inboxItem(change: Partial<InboxItem> = {}): InboxItem {
  return {
    id: 'inb_1',
    at: hoursFromNow(-1),
    kind: 'notice',
    occasion: 'started',
    title: '税务数字账户与查验平台升级',
    text: '已开始，预计明天 08:20 恢复。',
    noticeId: 'ntc_1',
    verificationId: null,
    read: false,
    ...change,
  }
}

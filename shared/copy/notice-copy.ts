import type {
  COMPONENT_GROUPS,
  Component,
  Confidence,
  Impact,
  NoticeState,
  NoticeType,
  Occasion,
} from '../notice/notice'
import type { WindowWords } from '../notice/show-window'
import type { Locale } from './copy'

/** Words of the notices that server and phone both speak. Owner: shared/notice. */
export interface NoticeCopy {
  component: Record<Component, string>
  /** What a component is for, in one short sentence. */
  about: Record<Component, string>
  group: Record<keyof typeof COMPONENT_GROUPS, string>
  type: Record<NoticeType, string>
  state: Record<NoticeState, string>
  impact: Record<Impact, string>
  confidence: Record<Confidence, string>
  occasion: Record<Occasion, string>
  time: WindowWords
  banner: {
    /** Ahead: `{from} {to} {title}`. */
    ahead: string
    aheadOpen: string
    on: string
    onOpen: string
    overdue: string
    suspected: string
  }
}

const zhCN: NoticeCopy = {
  component: {
    verification: '发票查验',
    digital_sync: '数电票同步',
    rail_air: '铁路与航空',
    fiscal: '财政票据',
    tencent: '腾讯云查验',
    baidu: '百度智能云查验',
    aliyun: '阿里云查验',
    api: '验票服务',
    messages: '提醒消息',
    wechat: '微信登录与消息',
  },
  about: {
    verification: '全国发票查验平台能不能查',
    digital_sync: '新开的数电票多久能查到',
    rail_air: '铁路电子客票和航空行程单',
    fiscal: '财政电子票据，医疗、捐赠等',
    tencent: '我们使用的查验服务商',
    baidu: '我们使用的查验服务商',
    aliyun: '我们使用的查验服务商',
    api: '验票自己的服务',
    messages: '验票发出的微信提醒',
    wechat: '微信的登录和消息通道',
  },
  group: { tax: '税务与财政', providers: '查验服务商', ours: '验票自己' },
  type: {
    maintenance: '维护',
    incident: '中断',
    statement: '声明',
    policy: '政策变化',
    provider_end: '服务商停用',
    release: '版本更新',
  },
  state: {
    scheduled: '未开始',
    in_progress: '进行中',
    verifying: '正在确认恢复',
    completed: '已结束',
    cancelled: '已取消',
    suspected: '疑似',
    investigating: '正在查明',
    identified: '已找到原因',
    monitoring: '观察中',
    resolved: '已恢复',
    reviewed: '已回顾',
  },
  impact: { down: '不能用', slow: '变慢', delayed: '数据晚到', read_only: '只能看，不能办' },
  confidence: { confirmed: '运营方已公布', reported: '有人告知，还没证实', measured: '我们自己量到' },
  occasion: {
    published: '新通知',
    changed: '时间或影响有变',
    before_24h: '一天内开始',
    before_1h: '一小时内开始',
    started: '已开始',
    extended: '延长了',
    ended: '已恢复',
  },
  time: {
    day: '{m}月{d}日',
    dayOfYear: '{y}年{m}月{d}日',
    months: [],
    weekdays: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
    yesterday: '昨天',
    today: '今天',
    tomorrow: '明天',
    at: '{day} {time}',
    window: '{from} 至 {to}（{zone}）',
    open: '{from} 起，结束时间待定（{zone}）',
    unknown: '时间待定',
    zone: '北京时间',
    withZone: '{time}（{zone}）',
  },
  banner: {
    ahead: '{from} 起{title}，预计{to}恢复',
    aheadOpen: '{from}起{title}，恢复时间待定',
    on: '{title}，预计{to}恢复',
    onOpen: '{title}，恢复时间待定',
    overdue: '{title}：预计时间已过，还没有确认恢复',
    suspected: '疑似：{title}，我们正在查明',
  },
}

const en: NoticeCopy = {
  component: {
    verification: 'Invoice checking',
    digital_sync: 'Digital invoice sync',
    rail_air: 'Railway and air',
    fiscal: 'Fiscal bills',
    tencent: 'Tencent Cloud checks',
    baidu: 'Baidu Cloud checks',
    aliyun: 'Alibaba Cloud checks',
    api: 'Yanpiao itself',
    messages: 'Our messages',
    wechat: 'WeChat sign-in and messages',
  },
  about: {
    verification: 'whether the national platform can check',
    digital_sync: 'how soon new digital invoices can be found',
    rail_air: 'railway e-tickets and air itineraries',
    fiscal: 'fiscal e-bills: hospitals, donations and more',
    tencent: 'a checking provider that we use',
    baidu: 'a checking provider that we use',
    aliyun: 'a checking provider that we use',
    api: 'our own service',
    messages: 'the WeChat reminders that we send',
    wechat: 'WeChat’s sign-in and message channel',
  },
  group: { tax: 'Tax and fiscal systems', providers: 'Checking providers', ours: 'Yanpiao' },
  type: {
    maintenance: 'Maintenance',
    incident: 'Outage',
    statement: 'Statement',
    policy: 'Change of rules',
    provider_end: 'Provider ends',
    release: 'Our release',
  },
  state: {
    scheduled: 'planned',
    in_progress: 'in progress',
    verifying: 'confirming that it is back',
    completed: 'completed',
    cancelled: 'cancelled',
    suspected: 'suspected',
    investigating: 'looking into it',
    identified: 'cause found',
    monitoring: 'watching the fix',
    resolved: 'back to normal',
    reviewed: 'reviewed',
  },
  impact: { down: 'not available', slow: 'slow', delayed: 'data arrives late', read_only: 'looking only' },
  confidence: {
    confirmed: 'published by who runs it',
    reported: 'told by somebody, not confirmed',
    measured: 'measured by ourselves',
  },
  occasion: {
    published: 'New notice',
    changed: 'Times or impact changed',
    before_24h: 'Starts within a day',
    before_1h: 'Starts within an hour',
    started: 'Started',
    extended: 'Takes longer',
    ended: 'Back to normal',
  },
  time: {
    day: '{d} {month}',
    dayOfYear: '{d} {month} {y}',
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    yesterday: 'yesterday',
    today: 'today',
    tomorrow: 'tomorrow',
    at: '{day} {time}',
    window: '{from} to {to} ({zone})',
    open: 'from {from}, end not known ({zone})',
    unknown: 'time not known',
    zone: 'Beijing time',
    withZone: '{time} ({zone})',
  },
  banner: {
    ahead: '{title}: from {from}, expected back {to}',
    aheadOpen: '{title}: from {from}, end not known',
    on: '{title}: expected back {to}',
    onOpen: '{title}: end not known',
    overdue: '{title}: later than expected, not confirmed as back yet',
    suspected: 'Suspected: {title}; we are looking into it',
  },
}

export function noticeCopyFor(locale: Locale): NoticeCopy {
  return locale === 'en' ? en : zhCN
}

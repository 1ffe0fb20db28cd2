/**
 * Words of the drafts that are made of what sources publish. Owner: functions/notices/read-sources. A notice is kept in one
 * language, the one it is published in, so there is one table.
 */
export const noticeSourceCopy = {
  untitled: '{source}的通知',
  changedTitle: '时间有变：{title}',
  /** First line of a summary, by what the text is about. */
  maintenance: '计划维护：{windows}。',
  moved: '时间有变，新的时间：{windows}。',
  outage: '中断：{windows}。',
  cancelled: '维护取消，原定：{windows}。',
  recovered: '已恢复；受影响的时间：{windows}。',
  /** … and when no window could be read. */
  withoutTime: {
    maintenance: '有维护计划，时间请看原文。',
    moved: '维护时间有变，新的时间请看原文。',
    outage: '服务中断，何时恢复请看原文。',
    cancelled: '维护取消，详情请看原文。',
    recovered: '已恢复，详情请看原文。',
  },
  expected: '预计恢复：{time}。',
  more: '{windows}，等 {n} 段',
  between: '；',
  affects: '影响{components}；',
  joined: '、',
  /** Second line. */
  original: '{affects}以{source}的原文为准。',
  earlier: '此前的通知：{title}（{id}）。',
} as const

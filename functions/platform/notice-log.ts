const METRICS = ['NoticeOverdue', 'MessagesSent', 'MessagesUnresolved', 'TemplateRefused'] as const
export type NoticeMetric = (typeof METRICS)[number]

/**
 * Counts of a log line as metrics by stage, in CloudWatch's embedded metric format [AWS documentation, EMF specification];
 * what is 0 is left out.
 */
export function noticeMetrics(
  counts: Readonly<Partial<Record<NoticeMetric, number>>>,
  now: number,
): Record<string, unknown> {
  const counted = METRICS.filter(name => (counts[name] ?? 0) > 0)
  if (counted.length === 0) return {}
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: 'Yanpiao', Dimensions: [['stage']], Metrics: counted.map(Name => ({ Name, Unit: 'Count' })) },
      ],
    },
    ...Object.fromEntries(counted.map(name => [name, counts[name]])),
  }
}

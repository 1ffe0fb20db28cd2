/** What a call wants in its log line; no personal data. */
export interface Notes {
  outcome?: string | null
  cause?: string | null
  fromCache?: boolean
  provider?: string | null
  providerRequestId?: string
  /** `provider:code` of every call, in order. */
  calls?: string[]
  /** Price of the calls, fen. */
  costFen?: number
  /** The mapping does not know the code: an alarm counts these. */
  unknownCode?: boolean
  /** Message of a fault that was survived. */
  warning?: string
}

export interface RequestLine extends Notes {
  route: string
  status: number
  code?: string
  ms: number
  requestId: string
  user?: string
  error?: string
}

/** CloudWatch's embedded metric format: the log line, which carries `stage`, is the metric [AWS documentation, EMF specification]. */
function unknownCodeMetric(now: number): Record<string, unknown> {
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: 'Yanpiao', Dimensions: [['stage']], Metrics: [{ Name: 'UnknownProviderCode', Unit: 'Count' }] },
      ],
    },
    UnknownProviderCode: 1,
  }
}

/** What a check cost, summed by CloudWatch per stage and provider. */
export function costMetric(
  { provider, costFen = 0 }: Pick<Notes, 'provider' | 'costFen'>,
  now: number,
): Record<string, unknown> {
  if (costFen === 0 || !provider) return {}
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: 'Yanpiao',
          Dimensions: [['stage', 'provider']],
          Metrics: [{ Name: 'CostFen', Unit: 'Count' }],
        },
      ],
    },
    CostFen: costFen,
  }
}

export function requestLine(line: RequestLine, now: number): Record<string, unknown> {
  const { unknownCode, ...rest } = line
  const level = line.status >= 500 ? 'error' : line.status >= 400 || line.warning !== undefined ? 'warn' : 'info'
  return { level, ...rest, ...(unknownCode ? unknownCodeMetric(now) : costMetric(line, now)) }
}

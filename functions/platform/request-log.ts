/** What a call wants in its log line; no personal data. */
export interface Notes {
  outcome?: string | null
  cause?: string | null
  fromCache?: boolean
  provider?: string | null
  providerRequestId?: string
  /** The provider's own code. */
  rawCode?: string
  /** The codes of all calls, when a busy provider was asked more than once. */
  attempts?: string[]
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

export function requestLine(line: RequestLine, now: number): Record<string, unknown> {
  const { unknownCode, ...rest } = line
  const level = line.status >= 500 ? 'error' : line.status >= 400 || line.warning !== undefined ? 'warn' : 'info'
  return { level, ...rest, ...(unknownCode && unknownCodeMetric(now)) }
}

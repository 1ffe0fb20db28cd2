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

const metric = (dimensions: readonly string[], Name: string) => ({
  Namespace: 'Yanpiao',
  Dimensions: [dimensions],
  Metrics: [{ Name, Unit: 'Count' }],
})

/**
 * CloudWatch's embedded metric format: the log line, which carries `stage` and `provider`, is the metric [AWS documentation,
 * EMF specification]. What a second opinion cost counts with its provider.
 */
export function metricsOf(
  { provider, costFen = 0, unknownCode = false }: Pick<Notes, 'provider' | 'costFen' | 'unknownCode'>,
  now: number,
): Record<string, unknown> {
  const cost = costFen > 0 && provider ? [metric(['stage', 'provider'], 'CostFen')] : []
  const unknown = unknownCode ? [metric(['stage'], 'UnknownProviderCode')] : []
  if (cost.length + unknown.length === 0) return {}
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [...cost, ...unknown] },
    ...(cost.length > 0 && { CostFen: costFen }),
    ...(unknown.length > 0 && { UnknownProviderCode: 1 }),
  }
}

export function requestLine(line: RequestLine, now: number): Record<string, unknown> {
  const { unknownCode: _, ...rest } = line
  const level = line.status >= 500 ? 'error' : line.status >= 400 || line.warning !== undefined ? 'warn' : 'info'
  return { level, ...rest, ...metricsOf(line, now) }
}

import { readSources } from '../notices/read-sources'
import type { Source, SourceReader } from '../notices/sources/ports'
import { keyedHash } from '../platform/keyed-hash'
import { sourceParser } from '../platform/source-parser'
import { noticeStore } from '../store/notice-store'
import { table } from '../store/table'
import type { Deps } from './deps'

export type SourcesDeps = Pick<Deps, 'clock' | 'log' | 'dynamo' | 'tableName'> & {
  secrets(): Promise<{ pepper: Uint8Array }>
  sources: readonly Source[]
  reader: SourceReader
}

/** What is not read by then waits for the next run, well before the function's own end. */
const RUN_MS = 120_000

/** A reader that has no more time after a while. */
function untilLate(reader: SourceReader, elapsed: () => number): SourceReader {
  return { fetch: async url => (elapsed() > RUN_MS ? { ok: false, why: 'out_of_time' } : reader.fetch(url)) }
}

/**
 * Every so often: reads the configured sources and proposes drafts of what they announce; it publishes nothing. A source that
 * cannot be read is a warning.
 * @throws Error when the table fails
 */
export function sourcesFunction(deps: SourcesDeps): () => Promise<{ proposed: number }> {
  const notices = noticeStore(table(deps.dynamo, deps.tableName))
  return async () => {
    const started = performance.now()
    const elapsed = () => performance.now() - started
    const { pepper } = await deps.secrets()
    const ports = {
      reader: untilLate(deps.reader, elapsed),
      parser: sourceParser,
      notices,
      hash: keyedHash(pepper),
      clock: deps.clock,
    }
    const { proposed, updated, failed } = await readSources(ports, deps.sources)
    const ms = Math.round(elapsed())
    deps.log({ level: failed.length > 0 ? 'warn' : 'info', route: 'sources', proposed, updated, failed, ms })
    return { proposed }
  }
}

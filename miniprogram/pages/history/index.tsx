import { fill } from '@shared/copy/copy'
import { useMemo } from 'react'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { TextField } from '../../components/base/text-field'
import { FailureCard } from '../../components/failure-card'
import { NothingHere } from '../../components/nothing-here'
import { NoticeLine } from '../../components/notice-line'
import { PageFrame } from '../../components/page-frame'
import { RecordList } from '../../components/record-list'
import { rowBatch } from '../../components/record-row'
import { FILTERS, useHistory } from '../../hooks/use-history'
import { usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { serverNow } from '../../hooks/use-service'
import { openDetail, openTab } from '../../platform/navigate'

export default function HistoryPage() {
  const frame = usePageFrame('history')
  const history = useHistory()
  const { copy } = frame
  const words = copy.ui.history
  const actions = useRecordActions(copy)
  const batch = useMemo(() => rowBatch(history.batch, copy, serverNow()), [history.batch, copy])
  const { loading, count, failure, fromPhone, plain, filters } = history
  return (
    <PageFrame frame={frame}>
      <TextField
        className="search"
        label={words.search}
        placeholder={words.search}
        value={filters.q}
        onInput={history.search}
      />
      <Box className="chips">
        {[null, ...FILTERS].map(outcome => (
          <Tap
            key={outcome ?? 'all'}
            role="radio"
            checked={filters.outcome === outcome}
            className={filters.outcome === outcome ? 'pick is-on' : 'pick'}
            onTap={() => history.choose(outcome)}
          >
            {outcome ? words.filter[outcome] : words.all}
          </Tap>
        ))}
      </Box>
      <NoticeLine tone="wait" text={fromPhone ? copy.ui.offlineCached : ''} />
      <Box className="slot">
        {count > 0 ? <RecordList batch={batch} label={copy.ui.title.history} onOpen={openDetail} /> : null}
      </Box>
      <Box className="slot">
        {loading && count === 0 ? <NoticeLine tone="info" text={words.loading} /> : null}
        {!loading && count === 0 && failure ? (
          <FailureCard
            failure={failure}
            copy={copy}
            networkNote={words.offlineNote}
            onRetry={history.retry}
            onCopy={actions.copyText}
          />
        ) : null}
        {!loading && count === 0 && !failure ? (
          plain ? (
            <NothingHere
              title={words.empty}
              note={words.emptyNote}
              step={words.start}
              onStep={() => openTab('check')}
            />
          ) : (
            <NothingHere title={words.emptyFiltered} step={words.clearFilter} onStep={history.clear} />
          )
        ) : null}
      </Box>
      <Box className={count > 0 ? 'foot' : 'gone'} live="polite">
        {history.cursor ? words.loadingMore : fill(words.end, { n: count })}
      </Box>
    </PageFrame>
  )
}

import type { OperatorNotice } from '@shared/contract/operator-notice'
import { fill } from '@shared/copy/copy'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { DeskMoves } from './desk-moves'
import type { DeskPartProps } from './desk-words'
import { NoticeCard } from './notice-card'
import { NoticeLine } from './notice-line'
import { timeText } from './notice-words'

type DeskNoticeProps = DeskPartProps & { open: OperatorNotice }

/** One notice on the desk: how it stands, what to do with it, and its trail. */
export function DeskNotice(props: DeskNoticeProps) {
  const { desk, words, names, open, nowMs, locale, copy } = props
  const { notice } = open
  const said = {
    saved: words.saved,
    sent: words.sent,
    moved: fill(words.moved, { state: names.state[notice.state] }),
    extended: words.extended,
  }
  return (
    <Box className="slot">
      <NoticeLine tone="good" text={desk.said ? said[desk.said] : ''} />
      <NoticeCard notice={notice} nowMs={nowMs} locale={locale} copy={copy} />
      <Box className="steps-more">
        <Tap className="button button-soft" onTap={desk.edit}>
          {words.edit}
        </Tap>
      </Box>
      {notice.publishedAt ? <DeskMoves key={notice.id} {...props} /> : null}
      <Deliveries {...props} />
      <Trail {...props} />
    </Box>
  )
}

function Deliveries({ open, words, names, nowMs, locale }: DeskNoticeProps) {
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {words.deliveries}
      </Box>
      <Box className={open.deliveries.length > 0 ? 'gone' : 'card-note'}>{words.nothingSent}</Box>
      {open.deliveries.map(({ occasion, version, at, results, unresolved }) => (
        <Box key={`${occasion}${version}`} className="stop">
          <Box className="stop-title">
            {fill(words.delivered, {
              occasion: names.occasion[occasion],
              n: version,
              time: timeText(at, nowMs, locale),
            })}
          </Box>
          <Box className="card-note">
            {Object.entries(results)
              .map(([name, n]) => `${words.results[name] ?? name} ${n}`)
              .join(' · ')}
          </Box>
          <Box className={unresolved.length > 0 ? 'card-line' : 'gone'}>
            {fill(words.unresolved, { names: unresolved.join(' ') })}
          </Box>
        </Box>
      ))}
    </Box>
  )
}

function Trail({ open, words, nowMs, locale }: DeskNoticeProps) {
  const time = (iso: string) => timeText(iso, nowMs, locale)
  return (
    <Box className="slot">
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.audit}
        </Box>
        {open.acts.map(({ at, by, act, detail }) => (
          <Box key={`${at}${act}${detail}`} className="stop">
            <Box className="stop-title">{`${words.acts[act] ?? act} · ${by} · ${time(at)}`}</Box>
            <Box className={detail ? 'card-note' : 'gone'}>{detail}</Box>
          </Box>
        ))}
      </Box>
      <Box className={open.versions.length > 0 ? 'card' : 'gone'}>
        <Box className="card-title" role="heading">
          {words.versions}
        </Box>
        {open.versions.map(({ version, at, title, summary }) => (
          <Box key={version} className="stop">
            <Box className="stop-title">{fill(words.version, { n: version, time: time(at) })}</Box>
            <Box className="card-note">{`${title} ${summary}`}</Box>
          </Box>
        ))}
      </Box>
    </Box>
  )
}

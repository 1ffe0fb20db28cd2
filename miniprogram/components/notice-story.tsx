import { fill } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { NOTICE_STATES } from '@shared/notice/notice'
import { Box } from './base/box'
import { OutLink } from './base/out-link'
import { Tap } from './base/tap'
import { Words } from './base/words'
import { timeText } from './notice-words'
import type { NoticePartProps } from './phase-line'

/** Who says so, and how sure that is. */
export function SourceCard(props: NoticePartProps & { onCopy(text: string): void }) {
  const { notice, locale, copy, words, onCopy } = props
  const { source, sourceUrl, confidence, version } = notice
  const note = [noticeCopyFor(locale).confidence[confidence], fill(words.version, { n: version })].join(' · ')
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {words.source}
      </Box>
      <Box>{source}</Box>
      <Box className="card-note">{note}</Box>
      <Box className={sourceUrl ? 'place-link' : 'gone'}>
        <Words className="place-url">{sourceUrl ?? ''}</Words>
        <Box className="steps-more">
          {sourceUrl ? <OutLink url={sourceUrl} text={copy.ui.result.openLink} /> : null}
          <Tap className="button button-soft" onTap={() => onCopy(sourceUrl ?? '')}>
            {words.copyLink}
          </Tap>
        </Box>
      </Box>
    </Box>
  )
}

function etaLine(at: string, eta: string | null, { nowMs, locale, words }: NoticePartProps): string {
  const said = timeText(at, nowMs, locale)
  if (eta === null) return fill(words.etaUnknown, { at: said })
  return fill(words.etaAt, { at: said, eta: timeText(eta, nowMs, locale) })
}

/** What was said since: updates, newest first, then how the expected time changed, then what was learnt. */
export function NoticeStory(props: NoticePartProps) {
  const { notice, nowMs, locale, words } = props
  const names = noticeCopyFor(locale).state
  const nameOf = (code: string) => names[NOTICE_STATES.find(state => state === code) ?? notice.state]
  const changes = notice.etaHistory.length > 1 ? notice.etaHistory : []
  return (
    <>
      <Box className={notice.updates.length > 0 ? 'card' : 'gone'}>
        <Box className="card-title" role="heading">
          {words.updates}
        </Box>
        {notice.updates.map(update => (
          <Box key={`${update.at}${update.state}${update.text}`} className="stop">
            <Box className="stop-title">{`${timeText(update.at, nowMs, locale)} · ${nameOf(update.state)}`}</Box>
            <Box className={update.text ? 'card-line' : 'gone'}>{update.text}</Box>
          </Box>
        ))}
      </Box>
      <Box className={changes.length > 0 ? 'card' : 'gone'}>
        <Box className="card-title" role="heading">
          {words.eta}
        </Box>
        {changes.map(({ at, eta }) => (
          <Box key={at} className="card-line">
            {etaLine(at, eta, props)}
          </Box>
        ))}
      </Box>
      <Box className={notice.review ? 'card' : 'gone'}>
        <Box className="card-title" role="heading">
          {words.review}
        </Box>
        <Box className="review">{notice.review ?? ''}</Box>
      </Box>
    </>
  )
}

import { fill } from '@shared/copy/copy'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { ChoiceRow } from '../../components/choice-row'
import { FactList } from '../../components/fact-list'
import { FailureCard } from '../../components/failure-card'
import { LinkRow } from '../../components/link-row'
import { NoticeLine } from '../../components/notice-line'
import { PageFrame } from '../../components/page-frame'
import { PrivacyText } from '../../components/privacy-text'
import { SwitchRow } from '../../components/switch-row'
import { useMe } from '../../hooks/use-me'
import { usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { openInbox, openSubscribe } from '../../platform/navigate'
import { GATED_CALLS } from '../../platform/privacy'

const GATES = Object.values(GATED_CALLS).map(({ text }) => text)

export default function MePage() {
  const frame = usePageFrame('me')
  const { copy } = frame
  const words = copy.ui.me
  const me = useMe(copy)
  const actions = useRecordActions(copy)
  const facts = [
    { label: words.service, value: me.reachable === null ? '…' : me.reachable ? words.serviceOk : words.serviceDown },
    { label: words.version, value: me.serverVersion ? `${APP_VERSION} / ${me.serverVersion}` : APP_VERSION },
    { label: words.userId, value: me.userId && `…${me.userId.slice(-8)}` },
    { label: words.icp, value: ICP_NUMBER },
  ].filter(fact => fact.value !== '')
  return (
    <PageFrame frame={frame}>
      <Box className="card">
        <ChoiceRow
          label={words.language}
          chosen={me.locale}
          options={[
            { value: 'zh-CN', text: words.zh },
            { value: 'en', text: words.en },
          ]}
          onChoose={me.speak}
        />
        <SwitchRow
          label={words.largeType}
          note={words.largeTypeNote}
          isOn={me.largeType}
          words={words}
          onToggle={me.toggleLargeType}
        />
      </Box>
      <Box className="card links">
        <LinkRow text={words.subscribe} onTap={openSubscribe} />
        <LinkRow text={words.inbox} badge={me.unread ? fill(words.unread, { n: me.unread }) : ''} onTap={openInbox} />
      </Box>
      <FactList title={words.aboutTitle} note={words.about} facts={facts} />
      <PrivacyText copy={copy} gates={GATES} />
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.data}
        </Box>
        <Box className="card-note">{words.dataNote}</Box>
        <NoticeLine tone="good" text={me.done ? words.deleted : ''} />
        <Tap className="button button-bad" onTap={me.removeEverything}>
          {words.deleteAll}
        </Tap>
      </Box>
      <Box className="slot">
        {me.failure ? (
          <FailureCard failure={me.failure} copy={copy} onRetry={me.removeEverything} onCopy={actions.copyText} />
        ) : null}
      </Box>
    </PageFrame>
  )
}

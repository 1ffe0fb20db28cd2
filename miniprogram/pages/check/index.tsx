import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { CameraSheet } from '../../components/camera-sheet'
import { HintList } from '../../components/hint-list'
import { Icon } from '../../components/icon'
import { InvoiceForm } from '../../components/invoice-form'
import { NoticeLine } from '../../components/notice-line'
import { PageFrame } from '../../components/page-frame'
import { PasteSheet } from '../../components/paste-sheet'
import { SubmitSteps } from '../../components/submit-steps'
import { useCheck } from '../../hooks/use-check'
import { usePageFrame } from '../../hooks/use-page-frame'
import { readClipboard } from '../../platform/clipboard'
import { openDemo, openResult } from '../../platform/navigate'
import { CAN_PICK_PICTURE, watchCamera } from '../../platform/picture'

export default function CheckPage() {
  const frame = usePageFrame('check')
  const check = useCheck()
  const words = frame.copy.ui.check
  return (
    <PageFrame frame={frame}>
      <Box className={check.waiting ? 'card waiting' : 'gone'}>
        <Box className="waiting-text">{words.waiting}</Box>
        <Tap className="link" onTap={() => openResult()}>
          {words.waitingOpen}
        </Tap>
      </Box>
      <Tap className={check.empty ? 'scan scan-big' : 'scan scan-small'} onTap={check.startScan}>
        <Icon name="scan" />
        <Box className="scan-words">
          <Box className="scan-title">{words.scanTitle}</Box>
          <Box className="scan-note">{words.scanNote}</Box>
        </Box>
      </Tap>
      <Box className="ways">
        <Tap className="way" onTap={() => check.openPanel('paste')}>
          {words.paste}
        </Tap>
        {CAN_PICK_PICTURE ? (
          <Tap className="way" onTap={check.startPicture}>
            {words.picture}
          </Tap>
        ) : null}
        {CAN_PICK_PICTURE && frame.simulated ? (
          <Tap className="way" onTap={openDemo}>
            {words.demo}
          </Tap>
        ) : null}
      </Box>
      <NoticeLine
        tone={check.notice?.tone ?? 'info'}
        text={check.panel === 'paste' ? '' : (check.notice?.text ?? '')}
      />
      <InvoiceForm check={check} copy={frame.copy} />
      <HintList hints={check.hints} copy={frame.copy} />
      <SubmitSteps check={check} copy={frame.copy} />
      {check.panel === 'paste' ? (
        <PasteSheet
          copy={frame.copy}
          problem={check.notice?.tone === 'bad' ? check.notice.text : ''}
          onText={text => check.take(text, 'manual')}
          readClipboard={readClipboard}
          onClose={check.closePanel}
        />
      ) : null}
      {check.panel === 'camera' ? (
        <CameraSheet
          copy={frame.copy}
          watch={watchCamera}
          onText={text => check.take(text, 'qr') || check.openPanel('none')}
          onPicture={check.startPicture}
          onClose={check.closePanel}
        />
      ) : null}
    </PageFrame>
  )
}

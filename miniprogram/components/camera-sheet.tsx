import type { PageCopy } from '@shared/copy/page-copy'
import { useEffect, useRef, useState } from 'react'
import { Sheet } from './base/sheet'
import { Tap } from './base/tap'

interface CameraSheetProps {
  copy: PageCopy
  watch(video: HTMLVideoElement, onText: (text: string) => void): Promise<{ stop(): void }>
  onText(text: string): void
  onPicture(): void
  onClose(): void
}

/** H5's own scanner. WeChat has a better one, so weapp has none: `camera-sheet.weapp.tsx`. */
export function CameraSheet({ copy, watch, onText, onPicture, onClose }: CameraSheetProps) {
  const words = copy.ui.check
  const video = useRef<HTMLVideoElement>(null)
  const [denied, setDenied] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera starts once for each opening of the sheet.
  useEffect(() => {
    let stop = () => {}
    let closed = false
    if (video.current) {
      watch(video.current, onText).then(
        session => {
          stop = session.stop
          if (closed) stop()
        },
        () => setDenied(true),
      )
    }
    return () => {
      closed = true
      stop()
    }
  }, [])
  return (
    <Sheet title={denied ? words.cameraDenied : words.cameraTitle} onClose={onClose}>
      <div className={denied ? 'sheet-body' : 'gone'}>{words.cameraDeniedNote}</div>
      <video ref={video} className={denied ? 'gone' : 'camera'} muted playsInline />
      <div className="sheet-actions">
        <Tap className="button button-soft" onTap={onClose}>
          {denied ? words.manual : words.cancel}
        </Tap>
        <Tap
          className="button button-main"
          onTap={() => {
            onClose()
            onPicture()
          }}
        >
          {words.picture}
        </Tap>
      </div>
    </Sheet>
  )
}

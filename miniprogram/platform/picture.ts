/**
 * H5 only: QR codes from the camera and from pictures, by the `qr` package (measured best, reference § 1.7), which is loaded
 * when first needed.
 */
/** In weapp the scanner itself offers the album: `picture.weapp.ts`. */
export const CAN_PICK_PICTURE = true

export type Picked = { ok: true; text: string } | { ok: false; reason: 'cancelled' | 'no_code' }

type Reader = (image: { width: number; height: number; data: Uint8ClampedArray }) => string

async function reader(): Promise<Reader> {
  const { default: decode } = await import(/* webpackChunkName: "qr-reader" */ 'qr/decode.js')
  return decode
}

/** Side lengths tried one after the other: a large photo first small (fast, less noise), then sharper. */
const SIDES = [900, 1600, 480, 2400]

async function readPicture(file: Blob): Promise<string | null> {
  const [decode, picture] = await Promise.all([reader(), createImageBitmap(file)])
  try {
    for (const side of SIDES) {
      const text = decodeAt(decode, picture, picture.width, picture.height, side)
      if (text !== null) return text
    }
    return null
  } finally {
    picture.close()
  }
}

function decodeAt(
  decode: Reader,
  source: CanvasImageSource,
  width: number,
  height: number,
  side: number,
): string | null {
  const scale = Math.min(1, side / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height)) || null
  } catch {
    return null
  }
}

function choosePicture(): Promise<File | null> {
  return new Promise(resolve => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    input.onchange = () => resolve(input.files?.[0] ?? null)
    input.oncancel = () => resolve(null)
    input.click()
  })
}

/** Lets the person choose one picture and reads the QR code in it. `onReading` is called between the two. */
export async function pickPicture(onReading: () => void): Promise<Picked> {
  const file = await choosePicture()
  if (!file) return { ok: false, reason: 'cancelled' }
  onReading()
  const text = await readPicture(file).catch(() => null)
  return text ? { ok: true, text } : { ok: false, reason: 'no_code' }
}

export interface CameraSession {
  stop(): void
}

/** Shows the camera in `video` and calls `onText` with the first QR text seen. Rejects when there is no camera to use. */
export async function watchCamera(video: HTMLVideoElement, onText: (text: string) => void): Promise<CameraSession> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  })
  const decode = await reader()
  let running = true
  const stop = () => {
    running = false
    for (const track of stream.getTracks()) track.stop()
  }
  video.srcObject = stream
  await video.play()
  const look = () => {
    if (!running) return
    const text = video.videoWidth ? decodeAt(decode, video, video.videoWidth, video.videoHeight, 900) : null
    if (text === null) {
      setTimeout(look, 120)
      return
    }
    stop()
    onText(text)
  }
  look()
  return { stop }
}

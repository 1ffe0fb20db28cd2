import fs from 'node:fs'
import path from 'node:path'
import QRCode from 'qrcode'
import { type CaseResult, interleave, seeded, timed } from './measure'

/** The part of the encoder that gives modules instead of a picture. */
const encoder = QRCode as unknown as {
  create(text: string, options: object): { modules: { size: number; get(row: number, column: number): number } }
}

const PICTURES = 24
const ROUNDS = 7

interface Picture {
  width: number
  height: number
  data: Uint8ClampedArray
  text: string
}

/** QR codes in synthetic pictures: `qr` (what H5 loads) against zxing-wasm, on the same pixels. */
export async function qrPictureCases(): Promise<CaseResult[]> {
  const { default: decode } = await import('qr/decode.js')
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  const wasm = path.join(process.cwd(), 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')
  const { buffer, byteOffset, byteLength } = fs.readFileSync(wasm)
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const pictures = Array.from({ length: PICTURES }, (_, index) => drawn(index + 1))
  const found = { qr: 0, zxing: 0 }
  const wrong = { qr: 0, zxing: 0 }
  const judge = (reader: 'qr' | 'zxing', picture: Picture, text: string | null) => {
    if (text === picture.text) found[reader] += 1
    else if (text !== null) wrong[reader] += 1
  }
  const each = async (read: (picture: Picture) => Promise<void>) => {
    const { ms } = await timed(async () => {
      for (const picture of pictures) await read(picture)
    })
    return { ms: ms / PICTURES, made: pictures.length }
  }
  const result = await interleave(`QR in a picture, ms each of ${PICTURES}`, ROUNDS, [
    {
      name: 'qr',
      run: () => {
        found.qr = 0
        return each(async picture =>
          judge(
            'qr',
            picture,
            read(() => decode(picture)),
          ),
        )
      },
    },
    {
      name: 'zxing-wasm',
      run: () => {
        found.zxing = 0
        return each(async picture => {
          const [code] = await readBarcodes(picture as unknown as ImageData, { formats: ['QRCode'], tryHarder: true })
          judge('zxing', picture, code?.text || null)
        })
      },
    },
  ])
  return [{ ...result, more: { pictures: PICTURES, found, wrong } }]
}

function read(decode: () => string): string | null {
  try {
    return decode() || null
  } catch {
    return null
  }
}

/** An invoice's QR text on a grey page of 900 × 675, turned a little, with noise and lines of print around it. */
function drawn(seed: number): Picture {
  const random = seeded(seed)
  const text = `01,04,0110024${String(seed).padStart(5, '0')},${10_000_000 + seed},${(100 + seed).toFixed(2)},20240315,12345678901234567890,A21${seed % 10}`
  const { modules } = encoder.create(text, { errorCorrectionLevel: 'M' })
  const [width, height] = [900, 675]
  const data = new Uint8ClampedArray(width * height * 4)
  const module = 3.5 + random() * 3
  const angle = (random() - 0.5) * 0.6
  const [centreX, centreY] = [300 + random() * 300, 240 + random() * 200]
  const half = modules.size / 2
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - centreX, y - centreY]
      const column = Math.floor((dx * Math.cos(angle) + dy * Math.sin(angle)) / module + half)
      const row = Math.floor((dy * Math.cos(angle) - dx * Math.sin(angle)) / module + half)
      const inside = column >= -4 && row >= -4 && column < modules.size + 4 && row < modules.size + 4
      const dark = inside
        ? column >= 0 && row >= 0 && column < modules.size && row < modules.size && modules.get(row, column) === 1
        : y % 24 < 2 || (y % 24 > 8 && y % 24 < 16 && Math.floor(x / 7) % 3 === 0)
      const value = (dark ? 45 : 225) + (random() - 0.5) * 50
      data.set([value, value, value, 255], (y * width + x) * 4)
    }
  }
  return { width, height, data, text }
}

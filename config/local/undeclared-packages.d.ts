/** Packages without types of their own: the parts that the local stack uses. */
declare module 'dynalite' {
  import type { Server } from 'node:http'
  export default function dynalite(options: {
    path?: string
    createTableMs?: number
    deleteTableMs?: number
    updateTableMs?: number
  }): Server
}

declare module 'qrcode' {
  interface Options {
    errorCorrectionLevel?: 'L' | 'M' | 'Q' | 'H'
    margin?: number
    scale?: number
    width?: number
    color?: { dark?: string; light?: string }
  }
  const qrcode: {
    toString(text: string, options: Options & { type: 'svg' }): Promise<string>
    toBuffer(text: string, options: Options & { type: 'png' }): Promise<Buffer>
  }
  export default qrcode
}

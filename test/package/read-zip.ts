import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DEFLATED = 8

/** The files of a zip by their paths [APPNOTE.TXT 6.3.10 § 4.3.12: the central directory]. Small zips without a comment. */
export function readZip(file: string): Map<string, Buffer> {
  const zip = readFileSync(file)
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error(`${file} does not end as a zip does`)
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10)
    const size = zip.readUInt32LE(at + 20)
    const [name, extra, comment] = [28, 30, 32].map(field => zip.readUInt16LE(at + field)) as [number, number, number]
    const header = zip.readUInt32LE(at + 42)
    const data = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const stored = zip.subarray(data, data + size)
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === DEFLATED ? inflateRawSync(stored) : stored)
    at += 46 + name + extra + comment
  }
  return files
}

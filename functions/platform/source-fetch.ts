import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import type { SourceAnswer, SourceReader } from '../notices/sources/ports'
import { addressKind } from './source-address'
import { decodedText } from './source-text'

interface FetchSettings {
  /** Sources on this machine, over plain HTTP: the local stack and tests only. */
  loopback: boolean
  /** Every address of a name; the system's resolver when absent. */
  resolve?(host: string): Promise<readonly string[]>
  maxBytes?: number
  /** For the whole way, redirects included. */
  timeoutMs?: number
  /** Certificates of tests. */
  ca?: string
}

const MAX_BYTES = 1_000_000
const TIMEOUT_MS = 10_000
const MOST_REDIRECTS = 3
const NO_TEXT = /^(?:image|audio|video|font)\/|pdf|zip|octet-stream|msword|officedocument/i

class Refusal extends Error {}

const resolved = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address)

type Hop = { kind: 'answer'; contentType: string; bytes: Uint8Array } | { kind: 'redirect'; to: string }

/** Why an answer is not worth its bytes; null when it is. */
function faultOf({ statusCode, headers }: IncomingMessage, max: number): string | null {
  if (statusCode !== 200) return `status_${statusCode}`
  if (NO_TEXT.test(headers['content-type'] ?? '')) return 'no_text'
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'compressed'
  return Number(headers['content-length'] ?? 0) > max ? 'too_large' : null
}

async function bytesOf(answer: IncomingMessage, max: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > max) throw new Refusal('too_large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function hopOf(answer: IncomingMessage, max: number): Promise<Hop> {
  const { statusCode = 0, headers } = answer
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    return { kind: 'redirect', to: headers.location }
  }
  const fault = faultOf(answer, max)
  if (fault !== null) throw new Refusal(fault)
  return { kind: 'answer', contentType: headers['content-type'] ?? '', bytes: await bytesOf(answer, max) }
}

class Fetching {
  private readonly resolve: (host: string) => Promise<readonly string[]>

  constructor(
    private readonly settings: FetchSettings,
    private readonly signal: AbortSignal,
  ) {
    this.resolve = settings.resolve ?? resolved
  }

  async follow(address: string): Promise<SourceAnswer> {
    let url = this.parsed(address, null)
    let local = false
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const at = await this.addressOf(url, hop === 0 || local)
      local = at.local
      const got = await this.ask(url, at.address)
      if (got.kind === 'answer') {
        return { ok: true, contentType: got.contentType, text: decodedText(got.contentType, got.bytes) }
      }
      url = this.parsed(got.to, url)
    }
    throw new Refusal('redirects')
  }

  private parsed(address: string, base: URL | null): URL {
    if (!URL.canParse(address, base?.href)) throw new Refusal('bad_address')
    const url = new URL(address, base?.href)
    const fine = url.protocol === 'https:' || (url.protocol === 'http:' && this.settings.loopback)
    if (!fine || url.username !== '' || url.password !== '') throw new Refusal('not_https')
    return url
  }

  /** The one address that is asked: looked at first, so that a name cannot lead elsewhere in between. */
  private async addressOf(url: URL, mayBeLocal: boolean): Promise<{ address: string; local: boolean }> {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) > 0 ? [host] : await this.unlessLate(this.resolve(host))
    const kinds = new Set(addresses.map(addressKind))
    const [address] = addresses
    if (address === undefined) throw new Refusal('no_such_host')
    const local = this.settings.loopback && mayBeLocal && kinds.size === 1 && kinds.has('loopback')
    if (!local && (kinds.has('loopback') || kinds.has('closed'))) throw new Refusal('private_address')
    if (!local && url.protocol !== 'https:') throw new Refusal('not_https')
    return { address, local }
  }

  /** The resolver cannot be stopped, but nobody need wait for it. */
  private unlessLate<T>(work: Promise<T>): Promise<T> {
    const { signal } = this
    return new Promise((take, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason), { once: true })
      work.then(take, () => fail(new Refusal('no_such_host')))
    })
  }

  private ask(url: URL, address: string): Promise<Hop> {
    const family = isIP(address)
    const options: RequestOptions = {
      agent: false,
      signal: this.signal,
      ca: this.settings.ca,
      headers: { accept: 'application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.1' },
      lookup: (_host, wanted, found) =>
        wanted.all ? found(null, [{ address, family }]) : found(null, address, family),
    }
    const max = this.settings.maxBytes ?? MAX_BYTES
    return new Promise((take, fail) => {
      const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, answer => {
        hopOf(answer, max)
          .then(take, fail)
          .finally(() => request.destroy())
      })
      request.on('error', fail)
      request.end()
    })
  }
}

/**
 * Reads a source over HTTPS: 1 MB and 10 s at most, three redirects, public addresses alone, text by its own charset. Never
 * throws. `why`: `not_https`, `private_address`, `no_such_host`, `bad_address`, `redirects`, `status_<n>`, `no_text`,
 * `compressed`, `too_large`, `timeout`, `network`.
 */
export function sourceFetch(settings: FetchSettings): SourceReader {
  return {
    async fetch(url) {
      const signal = AbortSignal.timeout(settings.timeoutMs ?? TIMEOUT_MS)
      try {
        return await new Fetching(settings, signal).follow(url)
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, why: error.message }
        return { ok: false, why: signal.aborted ? 'timeout' : 'network' }
      }
    },
  }
}

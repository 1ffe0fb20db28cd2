/** One WeChat message that was sent. */
export interface MessageRow {
  openid: string
  templateId: string
  page: string
  data: unknown
  at: string
}

/** An event of the message push on its way to the product. */
export interface Push {
  id: number
  openid: string
  event: { Event: string; CreateTime: number; List: unknown }
}

/** How events are delivered, on demand of a test: so often, and so large a share of them never. */
export interface PushRule {
  copies: number
  lose: number
}

interface Token {
  token: string
  /** Product time, ms. */
  issuedAt: number
  expiresAt: number
  forced: boolean
}

export type WechatChange =
  | ({ do: 'token' } & Token)
  | { do: 'expire'; at: number }
  | { do: 'quota'; openid: string; templateId: string; left: number }
  | { do: 'message'; row: MessageRow }
  | ({ do: 'push' } & Push)
  | { do: 'pushed'; id: number }
  | { do: 'push_rule'; rule: PushRule }

const DAY_MS = 86_400_000
const KEPT_TOKENS = 40
const FIRST_MESSAGE = 1_000_000_000_000_000_000n

/** What WeChat remembers of our app, folded from the simulator's journal. */
export class WechatBook {
  private readonly quotas = new Map<string, number>()
  private tokens: (Token & { revoked: boolean })[] = []
  private sent = 0n
  private pushes = 0
  readonly pending = new Map<number, Push>()
  rule: PushRule = { copies: 1, lose: 0 }

  /** How often may be sent; null when no phone of that person ever answered for the template. */
  quotaOf(openid: string, templateId: string): number | null {
    return this.quotas.get(`${openid} ${templateId}`) ?? null
  }

  get newestToken(): Token | null {
    const newest = this.tokens.at(-1)
    return newest === undefined || newest.revoked ? null : newest
  }

  standingOf(token: string, now: number): 'good' | 'expired' | 'unknown' {
    const found = this.tokens.find(known => known.token === token)
    if (found === undefined || found.revoked) return 'unknown'
    return now < found.expiresAt ? 'good' : 'expired'
  }

  /** Times of the forced renewals of the last day, product time in ms. */
  forcedSince(now: number): number[] {
    return this.tokens.filter(({ forced, issuedAt }) => forced && issuedAt > now - DAY_MS).map(token => token.issuedAt)
  }

  /** 19 digits: more than a number of JSON carries. */
  nextMessageId(): string {
    return String(FIRST_MESSAGE + this.sent + 1n)
  }

  nextPushId(): number {
    return this.pushes + 1
  }

  apply(change: WechatChange): void {
    switch (change.do) {
      case 'token': {
        const { do: _, ...token } = change
        // A forced renewal ends what was before; otherwise both work until the older one's own end.
        const older = this.tokens.map(known => ({ ...known, revoked: known.revoked || token.forced }))
        this.tokens = [...older, { ...token, revoked: false }].slice(-KEPT_TOKENS)
        return
      }
      case 'expire':
        this.tokens = this.tokens.map(known => ({ ...known, expiresAt: Math.min(known.expiresAt, change.at) }))
        return
      case 'quota':
        this.quotas.set(`${change.openid} ${change.templateId}`, change.left)
        return
      case 'message':
        this.sent++
        return
      case 'push':
        this.pushes = change.id
        this.pending.set(change.id, { id: change.id, openid: change.openid, event: change.event })
        return
      case 'pushed':
        this.pending.delete(change.id)
        return
      case 'push_rule':
        this.rule = change.rule
    }
  }
}

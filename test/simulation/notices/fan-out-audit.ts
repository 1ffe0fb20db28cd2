import { templateOf } from '../../../functions/notices/fan-out/decide'
import { type Held, toldKey, wants } from '../../../functions/notices/fan-out/held-tellings'
import { type Chunk, ROSTER_SHARDS, type Telling, type Told } from '../../../functions/notices/fan-out/ports'
import type { TemplateKey } from '../../../shared/contract/notice'
import { KEYS, userIdOf } from './crowd'
import type { FanOutWorld } from './fan-out-world'

export interface Verdict {
  duplicates: number
  /** Wanted, could be paid for, and neither sent nor listed. */
  missed: number
  /** Told as sent or refused what was not, or not told what was taken. */
  untrue: number
  /** In doubt for ever, and listed in a chunk. */
  unresolved: number
  /** In doubt for ever, and listed nowhere. */
  unlisted: number
  /** Credits that do not agree with what WeChat took. */
  astray: number
  negative: number
  /** Refusals that were the platform's and were not given back, beyond what a run of four hides. */
  wronglyRefused: number
  sent: number
  /** The first few findings, in words. */
  notes: string[]
}

/** Every telling that some wave claimed, but for what was overtaken. */
function claimedTellings(world: FanOutWorld): { telling: Telling; waveId: string }[] {
  return world.notices.all().flatMap(({ id, claims }) =>
    Object.entries(claims).flatMap(([key, { waveId }]) => {
      const [version, occasion, asked] = key.split('.')
      if (waveId === null) return []
      const telling = { noticeId: id, tellVersion: Number(version), occasion, onlyAsked: asked !== undefined }
      return [{ telling: telling as Telling, waveId }]
    }),
  )
}

type Finding = Exclude<keyof Verdict, 'notes'>

export interface AuditRules {
  /** Credits of everybody at the beginning. */
  initial: Readonly<Record<(typeof KEYS)[number], number>>
  /** Whether there is a reason why a person did not get a telling. */
  mayMiss(telling: Telling, person: number, chunk: Chunk | undefined): boolean
  /** Whether a telling was overtaken. */
  isOff(telling: Telling): boolean
}

/** A run of so many refusals is believed: their credits are gone. */
const BELIEVED = 4

class Audit {
  readonly verdict: Verdict
  private readonly chunks: readonly Chunk[]
  private readonly listed: ReadonlySet<string>
  /** Messages in doubt by person and template. */
  private readonly doubts = new Map<string, Set<string>>()
  private readonly believed = new Set<string>()
  private readonly falseRefusals = new Map<Chunk, number>()

  constructor(
    private readonly world: FanOutWorld,
    private readonly rules: AuditRules,
  ) {
    this.chunks = world.waves.allChunks()
    this.listed = new Set(this.chunks.flatMap(({ waveId, unresolved }) => unresolved.map(id => `${waveId} ${id}`)))
    this.verdict = {
      duplicates: 0,
      missed: 0,
      untrue: 0,
      unresolved: 0,
      unlisted: 0,
      astray: 0,
      negative: world.crowd.negative,
      wronglyRefused: 0,
      sent: world.wechat.accepted,
      notes: [],
    }
  }

  private note(kind: Finding, text: string): void {
    this.verdict[kind]++
    if (this.verdict.notes.length < 20) this.verdict.notes.push(`${kind}: ${text}`)
  }

  private chunkOf(waveId: string, person: number): Chunk | undefined {
    const userId = userIdOf(person)
    return this.chunks.find(
      ({ waveId: of, shard, from, to }) =>
        of === waveId && shard === person % ROSTER_SHARDS && (from ?? '') < userId && userId <= to,
    )
  }

  /** Nobody is told of it: then nobody got it, and there is a reason. */
  private untold({ telling, notice }: Held, waveId: string, person: number, times: number): void {
    const { crowd } = this.world
    const key = toldKey(telling)
    if (times > 0) this.note('untrue', `${key} reached ${person}, who is not told`)
    const row = crowd.look(person)
    const canPay = crowd.flags[person] === 0 && (crowd.credits[templateOf(telling)][person] ?? 0) > 0
    if (row === null || !canPay || !wants(row, { telling, notice })) return
    if (this.rules.mayMiss(telling, person, this.chunkOf(waveId, person))) return
    this.note('missed', `${key} never reached ${person}`)
  }

  private inDoubt(telling: Telling, person: number, { waveId, template }: Told): void {
    const text = `${toldKey(telling)} to ${person}`
    const name = `${person} ${template}`
    this.doubts.set(name, (this.doubts.get(name) ?? new Set()).add(waveId))
    if (!this.listed.has(`${waveId} ${userIdOf(person)}`)) this.note('unlisted', text)
    // What is overtaken would not be sent any more, whatever became of it.
    else if (!this.rules.isOff(telling)) this.note('unresolved', text)
  }

  private refused(key: string, person: number, { waveId, template }: Told, times: number): void {
    if (times > 0) this.note('untrue', `${key} told as refused to ${person}`)
    if (this.world.wechat.reallyRefused[template][person]) return
    this.believed.add(`${person} ${template}`)
    const chunk = this.chunkOf(waveId, person)
    if (chunk !== undefined) this.falseRefusals.set(chunk, (this.falseRefusals.get(chunk) ?? 0) + 1)
  }

  private person(held: Held, waveId: string, person: number, times: number): void {
    const { crowd } = this.world
    const key = toldKey(held.telling)
    if (times > 1) this.note('duplicates', `${key} to ${person}: ${times}`)
    if ((crowd.flags[person] ?? 0) >= 2) return
    const told = crowd.resultOf(key, person)
    if (told === null) this.untold(held, waveId, person, times)
    else if (told.result === 'unknown') this.inDoubt(held.telling, person, told)
    else if (told.result === 'refused') this.refused(key, person, told, times)
    else if (times === 0) this.note('untrue', `${key} told as sent to ${person}`)
  }

  tellings(): void {
    const { crowd, wechat, notices } = this.world
    for (const { telling, waveId } of claimedTellings(this.world)) {
      const held = { telling, notice: notices.look(telling.noticeId) }
      const counts = wechat.taken.get(toldKey(telling))
      for (let person = 0; person < crowd.size; person++) this.person(held, waveId, person, counts?.[person] ?? 0)
    }
    for (const [chunk, count] of this.falseRefusals) {
      if (count > BELIEVED * (1 + 2 * chunk.floods))
        this.note('wronglyRefused', `${count} in ${chunk.waveId}/${chunk.shard}/${chunk.to}`)
    }
  }

  /** One credit is gone for each message that WeChat took or that is in doubt; all of them after a refusal. */
  credits(): void {
    for (const key of KEYS) for (let person = 0; person < this.world.crowd.size; person++) this.credit(key, person)
  }

  private credit(key: TemplateKey, person: number): void {
    const { crowd, wechat } = this.world
    const isVoid = wechat.voided[key][person] || wechat.reallyRefused[key][person] || (crowd.flags[person] ?? 0) >= 2
    if (isVoid || this.believed.has(`${person} ${key}`)) return
    const left = crowd.credits[key][person] ?? 0
    const due = this.rules.initial[key] + (wechat.bought[key][person] ?? 0) - (wechat.spent[key][person] ?? 0)
    const doubted = this.doubts.get(`${person} ${key}`)?.size ?? 0
    if (left > due || left < due - doubted) this.note('astray', `${key} of ${person}: ${left}, not ${due}`)
  }
}

/** Goes over everybody and everything that was told, when all is quiet. */
export function auditFanOut(world: FanOutWorld, rules: AuditRules): Verdict {
  const audit = new Audit(world, rules)
  audit.tellings()
  audit.credits()
  return audit.verdict
}

export const isClean = (verdict: Verdict): boolean =>
  verdict.duplicates +
    verdict.missed +
    verdict.untrue +
    verdict.unlisted +
    verdict.astray +
    verdict.negative +
    verdict.wronglyRefused ===
  0

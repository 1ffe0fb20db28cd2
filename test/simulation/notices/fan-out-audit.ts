import { templateOf } from '../../../functions/notices/fan-out/decide'
import { toldKey, wants } from '../../../functions/notices/fan-out/held-tellings'
import type { Chunk, Telling } from '../../../functions/notices/fan-out/ports'
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

/** Goes over everybody and everything that was told, when all is quiet. */
export function auditFanOut(
  world: FanOutWorld,
  initial: Readonly<Record<(typeof KEYS)[number], number>>,
  mayMiss: (telling: Telling, person: number, chunk: Chunk | undefined) => boolean,
  isOff: (telling: Telling) => boolean,
): Verdict {
  const { crowd, wechat } = world
  const verdict: Verdict = {
    duplicates: 0,
    missed: 0,
    untrue: 0,
    unresolved: 0,
    unlisted: 0,
    astray: 0,
    negative: crowd.negative,
    wronglyRefused: 0,
    sent: wechat.accepted,
    notes: [],
  }
  const note = (kind: Exclude<keyof Verdict, 'notes'>, text: string) => {
    verdict[kind]++
    if (verdict.notes.length < 20) verdict.notes.push(`${kind}: ${text}`)
  }
  const chunks = world.waves.allChunks()
  const listed = new Set(chunks.flatMap(({ waveId, unresolved }) => unresolved.map(id => `${waveId} ${id}`)))
  const tellings = claimedTellings(world)
  const inDoubt = new Set<string>()
  /** A run of up to four refusals is believed: their credits are gone. */
  const believed = new Set<string>()
  const falseRefusals = new Map<Chunk, number>()
  const chunkOf = (waveId: string, person: number) =>
    chunks.find(
      ({ waveId: of, shard, from, to }) =>
        of === waveId && shard === person % 16 && (from ?? '') < userIdOf(person) && userIdOf(person) <= to,
    )

  for (const { telling, waveId } of tellings) {
    const key = toldKey(telling)
    const template = templateOf(telling)
    const notice = world.notices.look(telling.noticeId)
    const counts = wechat.taken.get(key)
    for (let person = 0; person < crowd.size; person++) {
      const times = counts?.[person] ?? 0
      const flags = crowd.flags[person] ?? 0
      if (times > 1) note('duplicates', `${key} to ${person}: ${times}`)
      if (flags >= 2) continue
      const told = crowd.resultOf(key, person)
      if (told === null) {
        if (times > 0) note('untrue', `${key} reached ${person}, who is not told`)
        const row = { ...crowd.look(person) }
        const held = { telling, notice }
        const wanted = row.userId !== undefined && wants(row as never, held)
        if (!wanted || flags === 1 || (crowd.credits[template][person] ?? 0) < 1) continue
        if (!mayMiss(telling, person, chunkOf(waveId, person))) note('missed', `${key} never reached ${person}`)
        continue
      }
      if (told.waveId !== waveId && !key.includes('ended')) note('untrue', `${key} told by another wave`)
      if (told.result === 'unknown') {
        inDoubt.add(`${person} ${told.waveId} ${told.template}`)
        const isListed = listed.has(`${told.waveId} ${userIdOf(person)}`)
        // What is overtaken would not be sent any more, whatever became of it.
        if (isListed && isOff(telling)) continue
        if (isListed) note('unresolved', `${key} to ${person}`)
        else note('unlisted', `${key} to ${person}`)
      }
      if (told.result === 'sent' && times === 0) note('untrue', `${key} told as sent to ${person}`)
      if (told.result === 'refused' && times > 0) note('untrue', `${key} told as refused to ${person}`)
      if (told.result === 'refused' && wechat.reallyRefused[told.template][person] === 0) {
        believed.add(`${person} ${told.template}`)
        const chunk = chunkOf(told.waveId, person)
        if (chunk !== undefined) falseRefusals.set(chunk, (falseRefusals.get(chunk) ?? 0) + 1)
      }
    }
  }
  for (const [chunk, count] of falseRefusals) {
    if (count > 4) note('wronglyRefused', `${count} in ${chunk.waveId}/${chunk.shard}/${chunk.to}`)
  }
  auditCredits(world, initial, inDoubt, believed, note)
  return verdict
}

/** One credit is gone for each message that WeChat took or that is in doubt; all of them after a refusal. */
function auditCredits(
  { crowd, wechat }: FanOutWorld,
  initial: Readonly<Record<(typeof KEYS)[number], number>>,
  inDoubt: ReadonlySet<string>,
  believed: ReadonlySet<string>,
  note: (kind: 'astray', text: string) => void,
): void {
  const doubts = new Map<string, number>()
  for (const entry of inDoubt) {
    const [person, , template] = entry.split(' ')
    const name = `${person} ${template}`
    doubts.set(name, (doubts.get(name) ?? 0) + 1)
  }
  for (const key of KEYS) {
    for (let person = 0; person < crowd.size; person++) {
      const left = crowd.credits[key][person] ?? 0
      const wanted = initial[key] + (wechat.bought[key][person] ?? 0) - (wechat.spent[key][person] ?? 0)
      if (believed.has(`${person} ${key}`)) continue
      const doubted = doubts.get(`${person} ${key}`) ?? 0
      if (wechat.voided[key][person] || wechat.reallyRefused[key][person] || (crowd.flags[person] ?? 0) >= 2) continue
      if (left > wanted || left < wanted - doubted) note('astray', `${key} of ${person}: ${left}, not ${wanted}`)
    }
  }
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

import os from 'node:os'
import { publishDue } from '../../functions/notices/publish'
import { NoticeBook } from '../simulation/notices/notice-book'
import { timedNotice } from '../simulation/notices/sample-notices'
import { WaveBook } from '../simulation/notices/wave-book'
import { startChild } from './child-process'
import { naiveLoop, perItemAck } from './fan-out-peers'
import type { FanOutShift } from './fan-out-process'
import { type CaseResult, type Floor, figures, round3 } from './measure'

const MILLION = 1_000_000
const SMALL = 10_000
const LOST = 0.01
const SEED = 5

interface Run {
  duplicates: number
  missed: number
  untrue: number
  unresolved: number
  unlisted: number
  astray: number
  negative: number
  sent: number
  kills: number
  takenOver: number
  writesPerMessage: number
  cpuSeconds: number
  /** Live heap at its largest, garbage collected before each look; roster and referee are typed arrays outside of it. */
  heapMb: number
}

/** Each run has a process to itself: heap and CPU are its own. */
async function run(shift: FanOutShift, times = 1): Promise<Run> {
  const child = await startChild('fan-out')
  let result = await child.ask<Run>(shift)
  for (let again = 1; again < times; again++) result = await child.ask<Run>(shift)
  child.stop()
  return result
}

const isNoisy = () => (os.loadavg()[0] ?? 0) > 2 * os.cpus().length

const row = (name: string, floors: Floor[], more: Record<string, unknown>): CaseResult => ({
  name,
  rounds: 1,
  ms: {},
  ratio: {},
  overheadMs: {},
  checksum: name,
  equalWork: true,
  noisy: isNoisy(),
  more,
  floors,
})

/** What must hold whatever happens. */
const never = ({ duplicates, untrue, unlisted, astray, negative }: Run): Floor[] =>
  Object.entries({ duplicates, untrue, unlisted, astray, negative }).map(([figure, value]) => {
    return { figure, value, atMost: 0 }
  })

/** 10,000 notices that fall due in one minute: a run of the publisher on a table in memory, so without its latency. */
async function publisherCase(): Promise<CaseResult> {
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const now = Date.UTC(2026, 10, 23, 2)
    const notices = new NoticeBook()
    const window = { startsAt: now + 90_000_000, endsAt: now + 93_600_000, components: ['verification'] as const }
    for (let at = 0; at < SMALL; at++) notices.put(timedNotice(`ntc_${at}`, 'maintenance', now, window))
    let serial = 0
    const began = performance.now()
    const ports = {
      clock: { now: () => now },
      notices,
      waves: new WaveBook(() => now),
      traffic: { since: async () => ({}) },
      queue: { send: async () => undefined },
      newWaveId: () => `wav_${++serial}`,
    }
    await publishDue(ports, now)
    times.push(performance.now() - began)
  }
  return { ...row('publisher, 10,000 due notices', [], {}), rounds: times.length, ms: { ours: figures(times) } }
}

/** B8: one notice to a million people with kills, duplicates, refusals and lost events [performance reference § 2]. */
export async function fanOutCases(): Promise<CaseResult[]> {
  // Several times, so that the code is as warm as that of the long run.
  const small = await run({ seed: SEED, people: SMALL, lost: 0 }, 6)
  const whole = await run({ seed: SEED, people: MILLION, lost: 0 })
  const lossy = await run({ seed: SEED, people: MILLION, lost: LOST })
  const [loop, ack] = [naiveLoop(MILLION, SEED), perItemAck(MILLION, SEED)]
  const heapRatio = round3(whole.heapMb / small.heapMb)
  return [
    row(
      'fan-out to 1,000,000, every delivery event arrives',
      [
        ...never(whole),
        { figure: 'missed', value: whole.missed, atMost: 0 },
        { figure: 'unresolved', value: whole.unresolved, atMost: 0 },
        { figure: 'writes per subscriber', value: round3(whole.writesPerMessage), atMost: 1.1 },
        { figure: 'heap of the 10,000 run', value: heapRatio, atMost: 1.2 },
        { figure: 'CPU s', value: round3(whole.cpuSeconds), atMost: 60 },
      ],
      { ...whole, heapRatio, naiveLoop: loop, perItemAck: ack },
    ),
    row(
      'fan-out to 1,000,000, 1 % of the events lost',
      [...never(lossy), { figure: 'missed', value: lossy.missed, atMost: 0 }],
      {
        ...lossy,
      },
    ),
    await publisherCase(),
  ]
}

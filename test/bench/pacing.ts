import os from 'node:os'
import { type Child, startChild } from './child-process'
import { type CaseResult, round3 } from './measure'
import type { Paced } from './pacing-peers'
import type { Shift } from './pacing-worker'
import type { BucketRule, Verdict } from './referee'
import { startTable } from './table-process'

type Pacer = Shift['pacer']

const PEERS: readonly Paced[] = ['p-queue', 'p-throttle', 'bottleneck']
const WORKERS = 4
/** Of the time. */
const MOST_SLEPT = 0.01
/** The clocks of four workers, ms apart. */
const SKEW_MS = [0, 12, -9, 5]

interface Rate {
  perSecond: number
  tasks: number
  burst: number
}

/**
 * How many calls may come at once: a tenth of a second's, and two in any case, because no call is on time to the
 * millisecond. A forgiving provider counts by whole seconds.
 */
const FIVE = { perSecond: 5, tasks: 400, burst: 2 }
const TWENTY = { perSecond: 20, tasks: 1000, burst: 2 }
const FORGIVING = { perSecond: 20, tasks: 1000, burst: 20 }
const HUNDRED = { perSecond: 100, tasks: 2000, burst: 10 }
const FAILING = [0, 0.02]

interface Contest {
  rate: Rate
  workers: number
  failing: number
}

const contests = (rate: Rate, workers: readonly number[], failing: readonly number[] = FAILING): Contest[] =>
  workers.flatMap(many => failing.map(share => ({ rate, workers: many, failing: share })))

/** Slow rates need long runs and little of the machine: they run side by side, as many as it carries. */
const SIDE_BY_SIDE: readonly Contest[][] = [
  [...contests(FIVE, [1, WORKERS]), ...contests(TWENTY, [1])],
  [...contests(TWENTY, [WORKERS]), ...contests(FORGIVING, [1, WORKERS], [0.02])],
  ...contests(HUNDRED, [1, WORKERS]).map(contest => [contest]),
]

interface Run extends Rate {
  pacer: Pacer
  workers: number
  failing: number
}

interface Ground {
  referee: Child
  address: string
  tableEndpoint: string
  create(tableName: string): Promise<void>
}

const nameOf = ({ pacer, perSecond, burst, workers, failing }: Run) =>
  `${pacer}-${perSecond}-${burst}-${workers}-${Math.round(failing * 100)}`

async function measured(ground: Ground, team: readonly Child[], run: Run): Promise<Verdict> {
  const { pacer, perSecond, workers, failing, tasks, burst } = run
  const id = nameOf(run)
  const rule: BucketRule = { id, perSecond, burst, failing, tasks }
  await ground.referee.ask({ open: rule })
  const tableName = `meter-${id}`
  if (pacer === 'gate') await ground.create(tableName)
  const each = Math.ceil(tasks / workers)
  await Promise.all(
    team.slice(0, workers).map((worker, at) => {
      const shift: Shift = {
        pacer,
        url: `${ground.address}/${id}`,
        tableEndpoint: ground.tableEndpoint,
        tableName,
        perSecond,
        workers,
        tasks: Math.min(each, tasks - at * each),
        skewMs: workers === 1 ? 0 : (SKEW_MS[at] ?? 0),
      }
      return worker.ask(shift)
    }),
  )
  return ground.referee.ask<Verdict>({ judge: id })
}

const percent = (share: number) => Math.round(share * 10_000) / 100

function figuresOf(run: Run, verdict: Verdict) {
  const { arrived, refused, failed } = verdict
  return {
    usedPercent: percent(verdict.used),
    usedP10: percent(verdict.usedP10),
    usedP90: percent(verdict.usedP90),
    refusedPercent: percent(refused / arrived),
    /** Calls beyond one for each task; of them, those that the provider made fail on purpose. */
    extraPercent: percent((arrived - run.tasks) / run.tasks),
    failedPercent: percent(failed / run.tasks),
    windowSeconds: verdict.windowSeconds,
    refereeSleptMs: verdict.refereeSleptMs,
    refereeLongestSleepMs: verdict.refereeLongestSleepMs,
  }
}

/** B6: our admission and three limiters before the same strict bucket, at the same time, each with its own bucket. */
export async function pacingCases(): Promise<CaseResult[]> {
  const tables = await startTable()
  const referee = await startChild('referee')
  const address = `http://127.0.0.1:${await referee.ask<number>({})}`
  const ground: Ground = { referee, address, tableEndpoint: tables.endpoint, create: tables.create }
  const pacers: readonly Pacer[] = ['gate', ...PEERS]
  const start = () => Promise.all(Array.from({ length: WORKERS }, () => startChild('pacing-worker')))
  const teams = new Map<Pacer, Child[]>()
  const [gateTeam, peerTeam] = [await start(), await start()]
  for (const pacer of pacers) teams.set(pacer, pacer === 'gate' ? gateTeam : peerTeam)

  const one = async (rate: Rate, workers: number, failing: number): Promise<CaseResult> => {
    const verdicts = await Promise.all(
      pacers.map(async pacer => {
        const run = { ...rate, pacer, workers, failing }
        return [pacer, run, await measured(ground, teams.get(pacer) ?? [], run)] as const
      }),
    )
    const used = (pacer: Pacer) => verdicts.find(([name]) => name === pacer)?.[2].used ?? Number.NaN
    const gate = verdicts[0]?.[2]
    const windowMs = (gate?.windowSeconds ?? 0) * 1000
    const most = workers === 1 ? 0.98 : 0.96
    return {
      name: `pacing ${rate.perSecond}/s, burst ${rate.burst}, ${workers} worker${workers > 1 ? 's' : ''}, ${percent(failing)} % failing`,
      rounds: 1,
      ms: {},
      ratio: Object.fromEntries(PEERS.map(peer => [peer, round3(used('gate') / used(peer))])),
      overheadMs: {},
      checksum: String(rate.tasks),
      equalWork: verdicts.every(([, run, { answered }]) => answered === run.tasks),
      // Or the referee itself could not run: then nobody was measured.
      noisy: (os.loadavg()[0] ?? 0) > 2 * os.cpus().length || (gate?.refereeSleptMs ?? 0) > MOST_SLEPT * windowMs,
      more: Object.fromEntries(verdicts.map(([name, run, verdict]) => [name, figuresOf(run, verdict)])),
      floors: [
        { figure: 'share of the limit used', value: gate?.used ?? 0, atLeast: most },
        { figure: 'share refused', value: round3((gate?.refused ?? 1) / (gate?.arrived ?? 1)), atMost: 0.002 },
      ],
    }
  }

  const results: CaseResult[] = []
  for (const group of SIDE_BY_SIDE) {
    results.push(...(await Promise.all(group.map(({ rate, workers, failing }) => one(rate, workers, failing)))))
  }
  for (const child of [...gateTeam, ...peerTeam, referee]) child.stop()
  tables.stop()
  return results
}

import { join } from 'node:path'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Job } from '../../functions/gate/ports'
import type { NoticeJob } from '../../functions/notices/fan-out/ports'
import { apiFunction } from '../../functions/wiring/api'
import { type DeliverFunction, deliverFunction } from '../../functions/wiring/deliver'
import { eventsFunction } from '../../functions/wiring/events'
import { publicFunction } from '../../functions/wiring/public'
import { publishFunction } from '../../functions/wiring/publish'
import { sourcesFunction } from '../../functions/wiring/sources'
import { sweepFunction } from '../../functions/wiring/sweep'
import { verifyFunction } from '../../functions/wiring/verify'
import { type QueueFunction, workerFunction } from '../../functions/wiring/worker'
import { containers } from './containers'
import { demoRoutes } from './demo/demo-routes'
import { demoSamples } from './demo/demo-samples'
import { openDueQueue } from './due-queue'
import { dueNotices, dueWork } from './due-work'
import { openEmbeddedTable } from './embedded-table'
import { gateway, type Handler } from './gateway/gateway'
import { freezeAll, invoke } from './gateway/invocation'
import { keysOf } from './keys-file'
import { localDeps } from './local-deps'
import { startScheduler } from './scheduler'
import type { Settings } from './settings'
import { shanghaiDay } from './simulator/shanghai-day'
import { openSimulator } from './simulator/simulator'
import { openLog } from './stack-log'
import { listenOnLoopback } from './web/loopback-server'
import { productSite } from './web/product-site'
import { sendProblem } from './web/send-problem'
import { staticFiles } from './web/static-files'
import { WorkInHand } from './work-in-hand'

export interface Stack {
  port: number
  simulatorPort: number
  /**
   * Takes no more requests, lets those in hand end for up to `patienceMs`, then stops: simulator, table, files. What is
   * not done by then stays pending, as after a kill; the next start settles it.
   */
  close(patienceMs: number): Promise<void>
}

/** What to stop: each list from its end, one list after the other. */
interface Opened {
  /** Resolve when no request and no sweep is in hand. */
  drains: (() => Promise<void>)[]
  servers: (() => Promise<void>)[]
  stores: (() => unknown)[]
}

const SWEEP_TIMEOUT_MS = 50_000
const WORKER_TIMEOUT_MS = 60_000
const DELIVER_TIMEOUT_MS = 90_000
const SOURCES_TIMEOUT_MS = 150_000
const SOURCES_EVERY_MS = 15 * 60_000

/**
 * Starts everything in this process: table, simulator, functions behind the gateway, pages, scheduler. What was started
 * is stopped again when a later part fails. Throws `StartRefused` when a port is in use.
 */
export async function startStack(settings: Settings, root: string): Promise<Stack> {
  const opened: Opened = { drains: [], servers: [], stores: [] }
  const close = async (patienceMs: number) => {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise(resolve => {
      timer = setTimeout(resolve, patienceMs)
    })
    await Promise.race([Promise.all(opened.drains.map(drain => drain())), patience])
    clearTimeout(timer)
    freezeAll()
    for (const stop of [...opened.servers.splice(0).reverse(), ...opened.stores.splice(0).reverse()]) await stop()
  }
  try {
    return { ...(await open(settings, root, opened)), close }
  } catch (error) {
    await close(0)
    throw error
  }
}

/** Works at once, and again when enough product time has passed. */
function everySoOften(work: () => Promise<unknown>, now: () => number): () => Promise<void> {
  let next = 0
  return async () => {
    if (now() < next) return
    next = now() + SOURCES_EVERY_MS
    await work()
  }
}

/** Lambda tells a function how long it has. */
function timed(serve: DeliverFunction): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return event => {
    const end = performance.now() + DELIVER_TIMEOUT_MS
    return serve(event, { getRemainingTimeInMillis: () => end - performance.now() })
  }
}

async function open(settings: Settings, root: string, { drains, servers, stores }: Opened) {
  const log = openLog(settings.dataDir)
  stores.push(log.close)
  const simulator = openSimulator({
    dataDir: join(settings.dataDir, 'simulator'),
    realNow: Date.now,
    random: Math.random,
    wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
  })
  stores.push(simulator.close)
  simulator.seedDemo()
  const { now, state } = simulator

  // The ports are taken before the table is opened: a refused start touches no data.
  let advance = async (_seconds: number) => {}
  let site: ReturnType<typeof productSite> | null = null
  let port = settings.port
  const product = await listenOnLoopback(settings.port, 'PORT', async (request, response) => {
    if (site !== null) return site(request, response)
    response.setHeader('retry-after', '1')
    sendProblem(request, response, 'UNAVAILABLE')
  })
  drains.push(product.drain)
  servers.push(product.close)
  port = product.port
  const world = await simulator.listen({
    port: settings.simulatorPort,
    productPort: port,
    advance: seconds => advance(seconds),
    pushToken: keysOf(settings.dataDir).pushToken,
  })
  servers.push(world.close)

  const table = await openEmbeddedTable(settings.dataDir)
  stores.push(table.close)
  const inHand = new WorkInHand()
  let worker: QueueFunction | null = null
  const queue = openDueQueue<Job>({
    name: 'checks',
    now,
    onFault: error => log.fault('worker', error),
    work: async event => {
      if (worker === null) throw new Error('work before the worker stands')
      const serve = worker
      return inHand.run(() => invoke(WORKER_TIMEOUT_MS, () => serve(event)))
    },
  })
  drains.push(queue.stop)
  let deliver: ((event: SQSEvent) => Promise<SQSBatchResponse>) | null = null
  const noticeQueue = openDueQueue<NoticeJob>({
    name: 'notices',
    now,
    onFault: error => log.fault('deliver', error),
    work: async event => {
      if (deliver === null) throw new Error('work before the worker stands')
      const serve = deliver
      return inHand.run(() => invoke(DELIVER_TIMEOUT_MS, () => serve(event)), DELIVER_TIMEOUT_MS)
    },
  })
  drains.push(noticeQueue.stop)
  const deps = localDeps({ settings, root, table, port, simulatorPort: world.port, now, log, queue, noticeQueue })
  worker = containers(() => workerFunction(deps))
  deliver = containers(() => timed(deliverFunction(deps)))
  stores.push(() => deps.dynamo.destroy())
  const open = publicFunction(deps)
  const check = containers((): Handler => verifyFunction(deps))
  const { endpoints } = verifyFunction(deps)
  const verify: Handler = Object.assign((event: Parameters<Handler>[0]) => inHand.run(() => check(event)), {
    endpoints,
  })
  const onFault = (error: unknown) => log.fault('function', error)
  const events = eventsFunction({
    ...deps,
    secrets: async () => ({ pepper: (await deps.secrets()).pepper, token: deps.pushToken, key: null }),
  })
  const sweep = sweepFunction(deps)
  const publish = publishFunction(deps)
  const readSources = everySoOften(sourcesFunction(deps), now)
  const nextNotice = dueNotices(deps.dynamo, deps.tableName)
  const scheduler = startScheduler({
    now,
    offset: () => state.clockOffsetMs,
    moveOffset: offsetMs => inHand.between(() => simulator.moveClock(offsetMs)),
    sweep: async () => {
      // A new day brings a new sample that was issued today.
      simulator.seedDemo()
      await invoke(SWEEP_TIMEOUT_MS, sweep)
      await invoke(SWEEP_TIMEOUT_MS, publish)
      if (settings.sources.length > 0) await invoke(SOURCES_TIMEOUT_MS, readSources)
      await queue.settle()
      await noticeQueue.settle()
      await simulator.settleEvents()
    },
    nextDue: dueWork(deps.dynamo, deps.tableName),
    isUrgent: async () => ((await nextNotice()) ?? Number.POSITIVE_INFINITY) <= now(),
    onFault,
  })
  drains.push(scheduler.stop)
  advance = scheduler.advance

  const samples = () => demoSamples(simulator.seedDemo(), shanghaiDay(now()))
  site = productSite({
    port: () => port,
    api: gateway({ functions: [verify, apiFunction(deps), events, open], fallback: open, now, onFault }),
    pages: [demoRoutes(samples), staticFiles(join(root, 'dist/h5'))],
  })
  return { port, simulatorPort: world.port }
}

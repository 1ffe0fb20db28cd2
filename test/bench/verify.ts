import { setTimeout as sleep } from 'node:timers/promises'
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { Client } from 'tencentcloud-sdk-nodejs-ocr/tencentcloud/services/ocr/v20181119/ocr_client'
import { digitalInvoice, openWorld, type World } from '../flow/given'
import { foundInvoice } from '../flow/tencent-server'
import { check, type Person, signIn } from '../flow/when'
import { type CaseResult, interleave, timed } from './measure'

const ROUNDS = 11
const UPSTREAM_MS = [40, 400]
const CONCURRENT = [1, 8]

type Input = Record<string, unknown>

/** What one verify sends, in order; commands that run at the same time share a step. */
type Step = { upstream: true } | { upstream: false; commands: { name: string; input: Input }[] }

/**
 * Our handler against the same database operations and the same upstream call, written by hand on the two SDKs: no
 * routing, no validation, no session, no keys to compute. The table is dynalite in this process, equally slow for both.
 */
export async function verifyCases(): Promise<CaseResult[]> {
  const world = await openWorld()
  const person = await signIn(world)
  const recorded = await record(world, person)
  const upstream = handWrittenUpstream(world)
  const documents = DynamoDBDocumentClient.from(world.table.dynamo, {
    marshallOptions: { removeUndefinedValues: true },
  })
  await warmUp(world, person, () => replay(documents, recorded, upstream))
  const results: CaseResult[] = []
  for (const latency of UPSTREAM_MS) {
    world.tencent.play(async question => {
      await sleep(latency)
      return foundInvoice(question)
    })
    for (const concurrent of CONCURRENT) {
      const together = (one: () => Promise<string | null>) =>
        timed(() => Promise.all(Array.from({ length: concurrent }, one)))
      results.push(
        await interleave(`verify over a ${latency} ms upstream, ${concurrent} at once`, ROUNDS, [
          {
            name: 'handler',
            run: () => together(async () => (await check(world, person, digitalInvoice())).body.outcome),
          },
          { name: 'by hand', run: () => together(() => replay(documents, recorded, upstream)) },
        ]),
      )
    }
  }
  await world.close()
  return results.map(result => ({ ...result, more: { databaseSteps: recorded.steps.length - 1 } }))
}

const WARM_UP = 60

/** A function that lives has compiled its code; both sides run until theirs is. */
async function warmUp(world: World, person: Person, byHand: () => Promise<unknown>): Promise<void> {
  world.tencent.play(foundInvoice)
  for (let i = 0; i < WARM_UP; i += 1) {
    await check(world, person, digitalInvoice())
    await byHand()
  }
}

interface Recording {
  steps: Step[]
  /** Parts of keys that differ from check to check; a replay puts fresh ones in their place. */
  own: string[]
}

/** Lets one verify run and writes down its commands, with what ran side by side kept side by side. */
async function record(world: World, person: Person): Promise<Recording> {
  await check(world, person, digitalInvoice())
  const steps: Step[] = []
  const own = new Set<string>()
  let inFlight = 0
  let asked = world.tencent.questions.length
  world.table.onCommand(({ name, input }) => {
    if (world.tencent.questions.length > asked) {
      asked = world.tencent.questions.length
      steps.push({ upstream: true })
    }
    const last = steps[steps.length - 1]
    const command = { name, input: structuredClone(input) }
    if (inFlight > 0 && last && !last.upstream) last.commands.push(command)
    else steps.push({ upstream: false, commands: [command] })
    inFlight += 1
    for (const [, key = ''] of JSON.stringify(input).matchAll(/(?:VRF#|INVOICE#)([A-Za-z0-9_-]{8,})/g)) own.add(key)
  })
  world.table.afterCommand(() => {
    inFlight -= 1
  })
  await check(world, person, digitalInvoice())
  world.table.onCommand(null)
  world.table.afterCommand(null)
  if (!steps.some(step => step.upstream)) throw new Error('the recorded verify did not ask upstream')
  return { steps, own: [...own] }
}

let serial = 0

async function replay(
  documents: DynamoDBDocumentClient,
  { steps, own }: Recording,
  ask: () => Promise<{ Invoice?: { Number?: string } | null }>,
): Promise<string | null> {
  serial += 1
  const mine = String(serial).padStart(8, '0')
  const fresh = (input: Input): Input => {
    let text = JSON.stringify(input)
    for (const key of own) text = text.replaceAll(key, `${key.slice(0, -8)}${mine}`)
    return JSON.parse(text) as Input
  }
  let outcome: string | null = null
  for (const step of steps) {
    if (step.upstream) outcome = (await ask()).Invoice?.Number ? 'consistent' : null
    else await Promise.all(step.commands.map(({ name, input }) => send(documents, name, fresh(input))))
  }
  return outcome
}

/** The commands as the client names them, written with the document client as a person would. */
function send(documents: DynamoDBDocumentClient, name: string, input: Input): Promise<unknown> {
  switch (name) {
    case 'BatchGetItemCommand':
      return documents.send(new BatchGetCommand(input as never))
    case 'GetItemCommand':
      return documents.send(new GetCommand(input as never))
    case 'PutItemCommand':
      return documents.send(new PutCommand(input as never))
    case 'UpdateItemCommand':
      return documents.send(new UpdateCommand(input as never))
    case 'QueryCommand':
      return documents.send(new QueryCommand(input as never))
    default:
      throw new Error(`the verify sends ${name}, which the hand-written peer does not know`)
  }
}

function handWrittenUpstream(world: World): () => Promise<{ Invoice?: { Number?: string } | null }> {
  const client = new Client({
    credential: { secretId: 'id', secretKey: 'key' },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: world.tencent.endpoint, protocol: 'http://', reqTimeout: 4 } },
  })
  return () =>
    client.VatInvoiceVerifyNew({ InvoiceNo: '26332000000000000001', InvoiceDate: '2026-11-20', Amount: '106.00' })
}

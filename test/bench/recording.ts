import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'

type Input = Record<string, unknown>

/** What one check sends, in order; commands that run at the same time share a step. */
export type Step = { upstream: true } | { upstream: false; commands: { name: string; input: Input }[] }

/** Writes down the commands of a client, with what ran side by side kept side by side. */
export class Recording {
  readonly steps: Step[] = []
  /** Parts of keys that differ from check to check; a replay puts fresh ones in their place. */
  readonly own = new Set<string>()
  #inFlight = 0
  #isOn = false

  constructor(dynamo: DynamoDBClient) {
    dynamo.middlewareStack.add(
      (next, context) => async args => {
        if (!this.#isOn) return next(args)
        this.#note(String(context.commandName), structuredClone(args.input as unknown as Input))
        this.#inFlight += 1
        try {
          return await next(args)
        } finally {
          this.#inFlight -= 1
        }
      },
      { step: 'initialize', name: 'recording' },
    )
  }

  #note(name: string, input: Input): void {
    const last = this.steps.at(-1)
    if (this.#inFlight > 0 && last?.upstream === false) last.commands.push({ name, input })
    else this.steps.push({ upstream: false, commands: [{ name, input }] })
    for (const [, key = ''] of JSON.stringify(input).matchAll(/(?:VRF#|INVOICE#)([A-Za-z0-9_-]{8,})/g))
      this.own.add(key)
  }

  /** Between two steps the provider was asked. */
  noteUpstream(): void {
    if (this.#isOn) this.steps.push({ upstream: true })
  }

  async during(work: () => Promise<unknown>): Promise<void> {
    this.#isOn = true
    await work()
    this.#isOn = false
    if (!this.steps.some(step => step.upstream)) throw new Error('the recorded check did not ask upstream')
  }
}

let serial = 0

/** The recorded check once more, about an invoice of its own: made ready first, so that only the sending is timed. */
export function prepared({ steps, own }: Recording, documents: DynamoDBDocumentClient, ask: () => Promise<unknown>) {
  serial += 1
  const mine = String(serial).padStart(8, '0')
  const fresh = (input: Input): Input => {
    let text = JSON.stringify(input)
    for (const key of own) text = text.replaceAll(key, `${key.slice(0, -8)}${mine}`)
    return inTime(JSON.parse(text) as Input)
  }
  const ready = steps.map(step =>
    step.upstream
      ? step
      : { ...step, commands: step.commands.map(({ name, input }) => ({ name, input: fresh(input) })) },
  )
  return async (): Promise<void> => {
    for (const step of ready) {
      if (step.upstream) await ask()
      else await Promise.all(step.commands.map(({ name, input }) => send(documents, name, input)))
    }
  }
}

/** The provider's meter has moved on since the recording: the same write, on an item of its own, at any time. */
function inTime(input: Input): Input {
  const key = input.Key as { pk?: string } | undefined
  if (key?.pk !== 'PROVIDERS') return input
  const values = { ...(input.ExpressionAttributeValues as Input) }
  if (':next' in values) values[':now'] = Number.MAX_SAFE_INTEGER
  else values[':now'] = 0
  if (':latest' in values) values[':latest'] = Number.MAX_SAFE_INTEGER
  return { ...input, ExpressionAttributeValues: values }
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
      throw new Error(`the check sends ${name}, which the hand-written peer does not know`)
  }
}

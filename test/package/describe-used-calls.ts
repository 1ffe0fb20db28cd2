import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { HttpFunction } from '../../functions/platform/endpoint'
import { MAINTENANCE, NOT_FOUND } from '../../functions/providers/code-meaning'
import { tombstoneKey } from '../../functions/store/table'
import { type Command, openTable, type TestTable } from '../flow/dynalite-table'
import { apiEvent, type Request } from './api-event'
import { statementsOf } from './cloud-template'
import { type LivedDay, livedDay } from './lived-day'
import { liveNotices, type Noting } from './lived-notices'
import { roleOf } from './logical-id'
import { FUNCTIONS, type FunctionName, type PackagedStack } from './packaged-stack'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const invoice = (serial: number) => ({
  invoiceNumber: `2631200000001234567${serial}`,
  issueDate: '2026-11-20',
  amount: '100.00',
})

/** `dynamodb:GetItem Table`, as the IAM statements put it. */
function grantNeeded({ name, input }: Command): string {
  const action = name.replace(/Command$/, '').replace(/^(Get|Put|Update|Delete|BatchGet)$/, '$1Item')
  return `dynamodb:${action} ${input.IndexName ?? 'Table'}`
}

function grantsOf(stack: PackagedStack, role: string): string[] {
  return statementsOf(stack.template, role)
    .filter(({ Action }) => Action.every(action => action.startsWith('dynamodb:')))
    .flatMap(({ Action, Resource }) => {
      const where = JSON.stringify(Resource).match(/"index","(\w+)"/)?.[1] ?? 'Table'
      return Action.map(action => `${action} ${where}`)
    })
    .sort()
}

const isFinish = ({ name, input }: Command) =>
  name.startsWith('Update') && String(input.UpdateExpression).includes('#state = :done')

/** The grants of a role against the calls its function makes when every endpoint is used. */
export function describeUsedCalls(packaged: () => PackagedStack): void {
  let stack: PackagedStack
  let table: TestTable
  let days: [checks: LivedDay, notices: LivedDay]
  const used = new Map(FUNCTIONS.map(name => [name, new Set<string>()]))

  const noting: Noting = async (name, run) => {
    const commands = table.countCommands()
    const answer = await run()
    for (const command of commands()) used.get(name)?.add(grantNeeded(command))
    return answer
  }

  /** Two days in the life of checks: every endpoint, a replay, checks that die at each border, an outage, and a deletion. */
  async function liveChecks(day: LivedDay): Promise<void> {
    const { clock, provider } = day

    async function call(name: FunctionName, to: HttpFunction, request: Request, status: number) {
      const { statusCode, body } = await noting(name, () => to(apiEvent(request)))
      expect(statusCode).toBe(status)
      return JSON.parse(body || '{}')
    }
    const onApi = (request: Request, status = 200) => call('api', day.api, request, status)
    const check = (key: string, serial: number, status = 200) =>
      call('verify', day.verify, { route: 'POST /v1/verifications', token, key, body: invoice(serial) }, status)
    async function takeUp(): Promise<void> {
      await noting('sweep', day.sweep)
      expect(day.checks.length).toBeGreaterThan(0)
      await noting('worker', day.work)
    }

    provider.meaning = NOT_FOUND
    const signIn = { route: 'POST /v1/sessions', body: { code: 'dev:anna' } }
    const { token, userId } = await onApi(signIn, 201)
    await onApi(signIn, 201)
    const { id } = await check('one', 1)
    await check('one', 1)
    await check('two', 1)
    await call('verify', day.verify, { route: 'POST /v1/verifications/{id}/recheck', token, key: 'three', id }, 200)

    // Its function dies in the call: the worker goes on.
    clock.advance(1000)
    await noting('verify', () => {
      const died = new Promise<void>(resolve => {
        provider.dies = resolve
      })
      void day.verify(apiEvent({ route: 'POST /v1/verifications', token, key: 'dies', body: invoice(2) }))
      return died
    })
    clock.advance(2 * MINUTE)
    await takeUp()
    const { items } = await onApi({ route: 'GET /v1/verifications', token })
    expect(items).toMatchObject([{ state: 'done' }, {}, {}, {}])

    // The answer is stored and its record is not: who reads the record ends it.
    clock.advance(1000)
    table.onCommand(command => {
      if (isFinish(command)) throw new Error('the table is away')
    })
    await check('lost', 3, 500)
    table.onCommand(null)
    const [unfinished] = (await onApi({ route: 'GET /v1/verifications', token })).items
    expect(unfinished).toMatchObject({ state: 'pending' })
    const read = { route: 'GET /v1/verifications/{id}', token, id: unfinished.id }
    expect(await onApi(read)).toMatchObject({ state: 'done', outcome: 'not_found' })

    // An outage over midnight: repeated by itself in a new record, and put off once.
    clock.advance(11 * HOUR)
    provider.meaning = MAINTENANCE
    expect(await check('outage', 4)).toMatchObject({ cause: 'maintenance' })
    clock.advance(HOUR)
    await takeUp()
    provider.meaning = NOT_FOUND
    clock.advance(2 * HOUR)
    await takeUp()
    const [repeated] = (await onApi({ route: 'GET /v1/verifications', token })).items
    expect(repeated).toMatchObject({ state: 'done', outcome: 'not_found' })

    const operator = await onApi({ route: 'POST /v1/sessions', body: { code: 'dev:operator' } }, 201)
    const costs = await onApi({ route: 'GET /v1/operator/costs', token: operator.token })
    expect(costs.items).toMatchObject([{ day: '2026-11-23' }, { day: '2026-11-22' }])

    await onApi({ route: 'DELETE /v1/verifications/{id}', token, id }, 204)
    await onApi({ route: 'DELETE /v1/me', token }, 204)
    // A check that was in flight during the deletion writes once more; the sweeper comes back for it.
    clock.advance(2 * MINUTE)
    const late = { ...tombstoneKey(userId), sk: 'VRF#late' }
    await table.dynamo.send(new PutCommand({ TableName: table.tableName, Item: late }))
    await noting('sweep', day.sweep)
  }

  beforeAll(async () => {
    stack = packaged()
    table = await openTable()
    days = [await livedDay(table, Date.UTC(2026, 10, 22, 4)), await livedDay(table, Date.UTC(2026, 10, 25, 2))]
    await liveChecks(days[0])
    await liveNotices(days[1], table, noting)
  }, 120_000)
  afterAll(async () => {
    for (const day of days) await day.close()
    await table.close()
  })

  it.each(FUNCTIONS)('is what the role of %s grants, no more and no less', name => {
    expect(grantsOf(stack, roleOf(name))).toEqual([...(used.get(name) ?? [])].sort())
  })
}

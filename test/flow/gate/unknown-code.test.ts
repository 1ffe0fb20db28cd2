import { PROVIDERS } from '../../../functions/providers/registry'
import { check, codes, newInvoice, recheck, runDueWork, signIn } from '../faults/asking'
import { openGateWorld } from '../faults/gate-world'

const NEW_CODES: Readonly<Record<string, string>> = {
  tencent: 'tencent:FailedOperation.SimulatedNewCode',
  baidu: 'baidu:8888',
  aliyun: 'aliyun:',
}

test.each(PROVIDERS)(
  'a code of $traits.name that nobody knows is an alarm with the raw value, and no word about the invoice',
  async row => {
    const { name } = row.traits
    const world = await openGateWorld({ rows: [row] })
    const person = await signIn(world)
    const question = newInvoice(world)
    world.fault('*', 'unknown_code')
    const reply = await check(world.container, person, question)
    expect([reply.status, reply.body.outcome, reply.body.cause]).toEqual([200, 'could_not_check', 'unknown_answer'])
    expect([codes(reply), reply.body.lifecycle, reply.body.followUpAt]).toEqual([['UNKNOWN_ANSWER'], null, null])
    // Counted, for all we know.
    expect(reply.body.triesLeftToday).toBe(4)
    const line = world.logs.find(({ route }) => route === 'POST /v1/verifications') ?? {}
    expect(line).toMatchObject({ UnknownProviderCode: 1, provider: name })
    expect(String(line.calls)).toContain(NEW_CODES[name] ?? 'nobody')
    expect(JSON.stringify(line._aws)).toContain('UnknownProviderCode')
    expect(JSON.stringify(line)).not.toContain(question.invoiceNumber)
    // It is not repeated by itself; a person may ask again.
    world.fault('*', 'none')
    world.clock.advance(3_600_000)
    await runDueWork(world.container)
    expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
    const again = await recheck(world.container, person, reply.body.id)
    expect(again.body).toMatchObject({ outcome: 'consistent', triesLeftToday: 3 })
    await world.close()
  },
)

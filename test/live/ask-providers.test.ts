import { OUTCOMES } from '@shared/invoice/outcome'
import { connectProviders, PROVIDERS } from '../../functions/providers/registry'
import { HOW_TO, liveQuestion } from './live-question'

const question = liveQuestion(process.env, Date.now())
const names = Object.keys(question?.secrets ?? {})

const say = (line: string) => process.stdout.write(`${line}\n`)
if (question === null) say(`skipped. ${HOW_TO}`)

const suite = question === null ? describe.skip : describe

/** Outcome classes only: neither the invoice nor what was said about it is printed. */
suite('the real providers', () => {
  it.each(names.length > 0 ? names : ['nobody'])('%s answers in a way that we know', async name => {
    if (question === null) return
    const { asked, secrets } = question
    const rows = PROVIDERS.filter(({ traits }) => traits.name === name)
    const [provider] = connectProviders(rows, {
      baseUrlOf: () => null,
      secretsOf: async () => secrets[name] ?? {},
      simulated: false,
    })
    if (provider === undefined) throw new Error(`${name} is in no row of the registry`)
    if (!provider.kinds.has(asked.kind)) {
      say(`${name}: does not check this kind`)
      return
    }
    const { outcome, cause, lifecycle, charged, codeKnown } = await provider.verify(asked, provider.timeoutMs)
    say(`${name}: ${[outcome, cause ?? lifecycle].filter(Boolean).join(' ')}, charged: ${charged}`)
    expect(OUTCOMES).toContain(outcome)
    expect({ codeKnown, cause }).toEqual({ codeKnown: true, cause: expect.not.stringMatching('provider_account') })
  })
})

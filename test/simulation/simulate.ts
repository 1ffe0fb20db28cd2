import { runSeed } from './run-seed'

/** `npm run simulate -- [--seed S] [--seeds N] [--trace]`: one seed, or N seeds from S on; leaves on the first violation. */
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : (process.argv[at + 1] ?? '')
}
const first = Number(option('seed') ?? 1)
const count = Number(option('seeds') ?? 1)
const isTraced = process.argv.includes('--trace')
const keepsGoing = process.argv.includes('--all')

async function main(): Promise<void> {
  const began = performance.now()
  let [calls, records, events, failed] = [0, 0, 0, 0]
  for (let seed = first; seed < first + count; seed++) {
    const result = await runSeed(seed, isTraced ? line => console.log(line) : null)
    calls += result.calls
    records += result.records
    events += result.events
    if (result.violation === null) continue
    failed++
    const { invariant, detail } = result.violation
    if (keepsGoing) console.log(`seed ${seed}: ${invariant}: ${detail.slice(0, 200)}`)
    else {
      console.log(result.journal.join('\n'))
      console.log(`\nnpm run simulate -- --seed ${seed}\n${invariant}: ${detail}`)
      break
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `${count} seeds from ${first}: ${failed} failed, ${records} requests, ${calls} provider calls, ${events} events, ${seconds} s`,
  )
  process.exitCode = failed > 0 ? 1 : 0
}

void main()

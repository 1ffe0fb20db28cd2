import type { Command } from '../dynalite-table'
import type { GateWorld } from './gate-world'

/** The steps of a fresh check on the table, in order [functions/verification/create-verification.ts]. */
export type Step = 'open' | 'insert' | 'count' | 'acquire' | 'admit' | 'release' | 'finish' | 'other'

/** Which step a command is, from its key and what it writes. */
export function stepOf({ name, input }: Command): Step {
  const key = JSON.stringify(input.Key ?? input.Item ?? '')
  const update = String(input.UpdateExpression ?? '')
  if (name.startsWith('BatchGet')) return 'open'
  if (name.startsWith('Put') && key.includes('VRF#')) return 'insert'
  if (!name.startsWith('Update')) return 'other'
  if (key.includes('SPEND')) return 'count'
  if (key.includes('GATE')) return update.includes('turn = ') ? 'acquire' : 'release'
  if (key.includes('METER')) return 'admit'
  return update.includes('detail') ? 'finish' : 'other'
}

/** Lambda kills a function at any await: from here on nothing of it happens any more. */
const never = new Promise<never>(() => undefined)

/** Starts a request that dies before or after a step on the table; resolves when it is dead. */
export async function dies(
  world: GateWorld,
  at: 'before' | 'after',
  step: Step,
  start: () => Promise<unknown>,
): Promise<void> {
  let isDead = false
  await new Promise<void>(reached => {
    const stop = () => {
      isDead = true
      reached()
      return never
    }
    world.table.onCommand(command => (isDead || (at === 'before' && stepOf(command) === step) ? stop() : undefined))
    world.table.afterCommand(command => (isDead || (at === 'after' && stepOf(command) === step) ? stop() : undefined))
    void start().catch(() => undefined)
  })
  world.table.onCommand(null)
  world.table.afterCommand(null)
}

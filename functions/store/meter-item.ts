import { CAUSES } from '@shared/invoice/outcome'
import * as z from 'zod/mini'
import type { DaySpend, Meter, ProviderMeter } from '../gate/ports'

const Cause = z.catch(z.enum(CAUSES), 'network')
const Trouble = z.object({ failures: z.number(), invoices: z.array(z.string()), since: z.number(), cause: Cause })
const Pause = z.object({ until: z.number(), level: z._default(z.number(), 0), cause: Cause })

type Field = 'slot' | 'line' | 'trouble' | 'pause' | 'pauseUntil' | 'calls' | 'fen' | 'unknown'

/** Attributes of one provider on the meter: flat, so that each is changed by itself. */
export const attribute = (field: Field, provider: string) => `${field}_${provider}`

export const number = (value: unknown) => (typeof value === 'number' ? value : 0)

function providerFrom(item: Record<string, unknown>, provider: string): ProviderMeter {
  const read = (field: Field) => item[attribute(field, provider)]
  const trouble = Trouble.safeParse(read('trouble'))
  const pause = Pause.safeParse(read('pause'))
  const until = read('pauseUntil')
  return {
    nextSlot: number(read('slot')),
    lineEnd: number(read('line')),
    trouble: trouble.success ? trouble.data : null,
    pause: typeof until === 'number' ? { level: 0, cause: 'network', ...(pause.success && pause.data), until } : null,
    calls: number(read('calls')),
    fen: number(read('fen')),
    unknown: number(read('unknown')),
  }
}

export function meterFrom(item: Record<string, unknown> = {}): Meter {
  const names = Object.keys(item).flatMap(name => /^[a-zA-Z]+_([a-z0-9]+)$/.exec(name)?.[1] ?? [])
  const providers = [...new Set(names)].map(name => [name, providerFrom(item, name)] as const)
  return { day: String(item.day ?? ''), fen: number(item.fen), providers: Object.fromEntries(providers) }
}

/** The providers that were called on the meter's day. */
export const sumsOf = ({ providers }: Meter): DaySpend['providers'] =>
  Object.entries(providers)
    .map(([name, { calls, fen, unknown }]) => ({ name, calls, fen, unknown }))
    .filter(({ calls }) => calls > 0)

const DayItem = z.object({
  sk: z.string(),
  fen: z.number(),
  providers: z.array(z.object({ name: z.string(), calls: z.number(), fen: z.number(), unknown: z.number() })),
})

/** A day that was put away; nothing for an item that cannot be read. */
export function daySpendFrom(item: Record<string, unknown>): DaySpend[] {
  const parsed = DayItem.safeParse(item)
  if (!parsed.success) return []
  const { sk, fen, providers } = parsed.data
  return [{ day: sk.slice('SPEND#'.length), fen, providers }]
}

import type { Attempt, SimulatedTable } from '../simulated-table'
import type { ValueMap } from '../table/document-value'
import { isMap } from '../table/document-value'
import { primaryKey } from '../table/table-shape'
import type { Report } from './violation'

/** One item that a write has just changed. */
export interface ItemChange {
  pk: string
  sk: string
  before: ValueMap | undefined
  after: ValueMap | undefined
  /** Values of the command's expressions. */
  values: ValueMap
}

/** Judges one kind of item; answers nothing, reports what is wrong. */
export type ItemRule = (change: ItemChange) => void

const WRITES: readonly string[] = ['Put', 'Update', 'Delete']

/** Shows each change of an item to the rules, at the instant at which it happens. */
export function auditTable(
  table: SimulatedTable,
  ruleOf: (key: { pk: string; sk: string }) => ItemRule | null,
  report: Report,
): void {
  const known = new Map<string, ValueMap>()
  table.observe(({ command, name }: Attempt) => {
    if (!WRITES.includes(name)) return
    const { input } = command as { input: { Key?: ValueMap; Item?: ValueMap; ExpressionAttributeValues?: ValueMap } }
    const key = primaryKey(
      { pk: input.Key?.pk ?? input.Item?.pk ?? '', sk: input.Key?.sk ?? input.Item?.sk ?? '' },
      true,
    )
    const rule = ruleOf(key)
    if (rule === null) return
    const slot = `${key.pk} ${key.sk}`
    const before = known.get(slot)
    const after = table.item(key)
    if (after === undefined) known.delete(slot)
    else known.set(slot, after)
    if (before === undefined && after === undefined) return
    try {
      rule({ ...key, before, after, values: input.ExpressionAttributeValues ?? {} })
    } catch (error) {
      report('audit', String(error))
    }
  })
}

export const attributeOf = (item: ValueMap | undefined, name: string): ValueMap => {
  const value = item?.[name]
  return isMap(value) ? value : {}
}

import type { GetCommandInput, QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { boundOf, checkPlaceholders } from './bound-names'
import { readUnits, type Units } from './capacity'
import { copyMap, marshalMap, own, type ValueMap } from './document-value'
import type { GlobalEntries } from './global-entries'
import { entryIn, type ItemVersions } from './item-versions'
import { parseProjection, pathsOf, projected } from './projection'
import { pageOf, type Row } from './query-page'
import { type Plan, planOf } from './query-plan'
import { type PrimaryKey, primaryKey } from './table-shape'
import { checkPaths } from './update-check'

/** Times at which the readers of one call look: earlier than now for stale reads and for an index that lags. */
export interface View {
  itemsAt: number
  indexAt: number
}

type Picked = Pick<GetCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'>

/** A copy of the item with the asked paths; @throws ValidationException before anything is read */
export function pickerOf(input: Picked): (item: ValueMap) => ValueMap {
  const bound = boundOf({ ExpressionAttributeNames: input.ExpressionAttributeNames })
  const { ProjectionExpression: expression } = input
  if (expression === undefined) {
    checkPlaceholders([], bound)
    return copyMap
  }
  const projection = parseProjection(expression)
  checkPlaceholders([projection.placeholders], bound)
  const paths = pathsOf(projection, bound)
  checkPaths(paths)
  return item => projected(item, paths)
}

export function getItem(items: ItemVersions, key: PrimaryKey, consistent: boolean, view: View, units: Units) {
  const stored = items.at(items.find(key), view.itemsAt)
  units.read += readUnits(stored?.bytes ?? 0, consistent)
  return stored?.item
}

export function get(items: ItemVersions, input: GetCommandInput, view: View, units: Units) {
  const key = primaryKey(marshalMap(input.Key ?? {}), true)
  const pick = pickerOf(input)
  const item = getItem(items, key, input.ConsistentRead === true, view, units)
  return item === undefined ? {} : { Item: pick(item) }
}

function rowsOf(items: ItemVersions, entries: GlobalEntries, plan: Plan, view: View): Row[] {
  const { index, hash, hashValue, inRange } = plan
  const slots = index?.isGlobal ? entries.slots(hashValue) : items.partition(hashValue)
  const at = index?.isGlobal ? view.indexAt : view.itemsAt
  const rows: Row[] = []
  for (const slot of slots) {
    const stored = items.at(slot, at)
    if (stored === null) continue
    const row = index === null ? stored : entryIn(stored, index)
    if (row === null || own(row.item, hash) !== hashValue || inRange?.(row.item) === false) continue
    rows.push(row)
  }
  return rows
}

export function query(
  items: ItemVersions,
  entries: GlobalEntries,
  input: QueryCommandInput,
  view: View,
  units: Units,
): { Items?: ValueMap[]; Count: number; ScannedCount: number; LastEvaluatedKey?: ValueMap } {
  const plan = planOf(input)
  const consistent = input.ConsistentRead === true
  const page = pageOf(
    {
      rows: rowsOf(items, entries, plan, view),
      range: plan.range,
      forward: input.ScanIndexForward !== false,
      limit: input.Limit,
      start: plan.start,
    },
    plan.hash,
  )
  units.read += readUnits(page.bytes, consistent)
  const kept = page.rows.filter(({ item }) => plan.filter?.(item) !== false)
  const whole = ({ item }: Row) =>
    plan.fetches ? (getItem(items, primaryKey(item, false), consistent, view, units) ?? item) : item
  const { lastKey } = page
  return {
    ...(input.Select !== 'COUNT' && { Items: kept.map(row => plan.pick(whole(row))) }),
    Count: kept.length,
    ScannedCount: page.rows.length,
    ...(lastKey && { LastEvaluatedKey: lastKey }),
  }
}

import type { DeleteCommandInput, PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import { type Bound, boundOf, checkPlaceholders, steps } from './bound-names'
import { indexWriteUnits, type Units, writeUnits } from './capacity'
import { checkCondition } from './condition-check'
import { type ParsedCondition, parseCondition } from './condition-expression'
import { holds } from './condition-holds'
import { copyMap, marshalMap, type ValueMap } from './document-value'
import type { GlobalEntries } from './global-entries'
import type { ItemVersions, Stored } from './item-versions'
import { projected } from './projection'
import { conditionFailed, validation } from './service-exceptions'
import { checkItem, KEY_NAMES, type PrimaryKey, primaryKey } from './table-shape'
import { applyUpdate } from './update-apply'
import { checkUpdate } from './update-check'
import { type Action, parseUpdate } from './update-expression'

export interface Written {
  Attributes?: ValueMap
}

function conditionOf(expression: string | undefined): ParsedCondition | null {
  return expression === undefined ? null : parseCondition(expression)
}

function checkReturn(wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== 'ALL_OLD' && wanted !== 'NONE')
    throw validation('ReturnValues can only be ALL_OLD or NONE')
}

const storedOf = (item: ValueMap): Stored => ({ item, bytes: checkItem(item), entries: new Map() })

/** Writes of single items: each is one condition and one change at one instant. */
export class TableWrites {
  constructor(
    private readonly items: ItemVersions,
    private readonly entries: GlobalEntries,
  ) {}

  put(input: PutCommandInput, units: Units): Written {
    checkReturn(input.ReturnValues)
    const item = marshalMap(input.Item ?? {})
    const key = primaryKey(item, false)
    const stored = storedOf(item)
    const { condition, bound } = this.conditioned(input)
    return this.change(key, units, condition, bound, () => stored, input.ReturnValues)
  }

  delete(input: DeleteCommandInput, units: Units): Written {
    checkReturn(input.ReturnValues)
    const key = primaryKey(marshalMap(input.Key ?? {}), true)
    const { condition, bound } = this.conditioned(input)
    return this.change(key, units, condition, bound, () => null, input.ReturnValues)
  }

  update(input: UpdateCommandInput, units: Units): Written {
    const key = primaryKey(marshalMap(input.Key ?? {}), true)
    const bound = boundOf(input)
    const update = input.UpdateExpression === undefined ? null : parseUpdate(input.UpdateExpression)
    const condition = conditionOf(input.ConditionExpression)
    checkPlaceholders(
      [update, condition].flatMap(parsed => (parsed ? [parsed.placeholders] : [])),
      bound,
    )
    const actions = update?.actions ?? []
    checkUpdate(actions, KEY_NAMES, bound)
    if (condition) checkCondition(condition.root, bound)
    const next = (before: Stored | null) =>
      storedOf(applyUpdate(actions, before?.item ?? { pk: key.pk, sk: key.sk }, bound))
    return this.change(key, units, condition, bound, next, input.ReturnValues, actions)
  }

  private conditioned(input: PutCommandInput | DeleteCommandInput) {
    const bound = boundOf(input)
    const condition = conditionOf(input.ConditionExpression)
    checkPlaceholders(condition ? [condition.placeholders] : [], bound)
    if (condition) checkCondition(condition.root, bound)
    return { condition, bound }
  }

  private change(
    key: PrimaryKey,
    units: Units,
    condition: ParsedCondition | null,
    bound: Bound,
    next: (before: Stored | null) => Stored | null,
    returned: string | undefined,
    actions: readonly Action[] = [],
  ): Written {
    const before = this.items.current(key)
    if (condition && !holds(condition.root, before?.item ?? {}, bound)) {
      // Billed like the write that it would have been [Developer Guide, "Working with items: Conditional writes"].
      units.write += writeUnits(before, attempted(next, before))
      throw conditionFailed()
    }
    const after = next(before)
    units.write += writeUnits(before, after)
    units.indexWrite += indexWriteUnits(before, after)
    if (before !== null || after !== null) this.entries.note(this.items.write(key, after))
    const attributes = answered(returned, before, after, actions, bound)
    return attributes === undefined ? {} : { Attributes: attributes }
  }
}

function attempted(next: (before: Stored | null) => Stored | null, before: Stored | null): Stored | null {
  try {
    return next(before)
  } catch {
    return before
  }
}

function answered(
  returned: string | undefined,
  before: Stored | null,
  after: Stored | null,
  actions: readonly Action[],
  bound: Bound,
): ValueMap | undefined {
  const shown = returned?.endsWith('_OLD') ? before : returned?.endsWith('_NEW') ? after : null
  if (shown === null) return undefined
  if (returned?.startsWith('ALL')) return copyMap(shown.item)
  return projected(
    shown.item,
    actions.map(({ path }) => steps(path, bound)),
  )
}

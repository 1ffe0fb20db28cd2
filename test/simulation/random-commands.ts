import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { BY_CREATION, PENDING_BY_DEADLINE } from '../../functions/store/table-definition'
import type { Random } from './random'

type Named = { names: Record<string, string>; values: Record<string, unknown> }
const NUMBERS = [0, 1, 2, -3, 5, 10, 0.1, 0.2, 1.5, 1_790_000_000_000, 250_000]
const TEXTS = ['a', 'ab', 'abc', 'b', '', '中文', '😀', '\uffee', 'a#b']
const KEYS = ['USER', 'INVOICE']
const SORTS = ['VRF#1', 'VRF#2', '~', 'a']
const ATTRIBUTES = ['num', 'label', 'flag', 'none', 'tree', 'entries', 'tags', 'extra']

/** Commands over few keys: every form of functions/store, and what its rewrite may use, right and wrong. */
export class RandomCommands {
  constructor(
    private readonly random: Random,
    private readonly table: string,
    /** Keeps the keys of one sequence apart from those of the others. */
    private readonly own: string,
  ) {}

  key() {
    return { pk: `${this.random.pick(KEYS)}#${this.own}`, sk: this.random.pick(SORTS) }
  }

  private rare<T>(usual: T, wrong: readonly unknown[], probability = 0.03): T {
    return this.random.chance(probability) ? (this.random.pick(wrong) as T) : usual
  }

  private scalar(): unknown {
    const { random } = this
    return random.pick<() => unknown>([
      () => random.pick(NUMBERS),
      () => random.pick(NUMBERS),
      () => random.pick(TEXTS),
      () => random.pick(TEXTS),
      () => random.chance(0.5),
      () => null,
    ])()
  }

  private tree(): Record<string, unknown> {
    const { random } = this
    return {
      amount: random.pick(NUMBERS),
      name: random.pick(TEXTS),
      ...(random.chance(0.5) && { nested: { deep: this.scalar(), state: random.pick(TEXTS) } }),
      ...(random.chance(0.5) && { rows: this.list() }),
      ...(random.chance(0.2) && { gone: undefined }),
    }
  }

  private list(): unknown[] {
    return Array.from({ length: this.random.int(4) }, () => this.scalar())
  }

  private set(): Set<unknown> {
    const { random } = this
    if (random.chance(0.5)) return new Set([1, 2, 5].slice(random.int(3)))
    return new Set(['a', 'b', 'c'].slice(random.int(3)))
  }

  private value(attribute: string): unknown {
    const { random } = this
    if (random.chance(0.1)) return this.scalar()
    switch (attribute) {
      case 'num':
        return this.rare(random.pick(NUMBERS), [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60], 0.01)
      case 'label':
        return random.pick(TEXTS)
      case 'flag':
        return random.chance(0.5)
      case 'tree':
        return this.tree()
      case 'entries':
        return this.list()
      case 'tags':
        return this.set()
      default:
        return this.scalar()
    }
  }

  item() {
    const { random } = this
    const item: Record<string, unknown> = { ...this.key() }
    for (const attribute of ATTRIBUTES) if (random.chance(0.5)) item[attribute] = this.value(attribute)
    if (random.chance(0.6)) item.createdSort = this.rare(`${random.int(6)}#${item.sk}`, [7, null])
    if (random.chance(0.4)) item.head = this.tree()
    if (random.chance(0.5)) item.pendingShard = this.rare(this.shard(), [true])
    if (random.chance(0.5)) item.deadline = this.rare(random.int(1_000_000), ['soon'])
    if (random.chance(0.02)) delete item.sk
    return item
  }

  private shard = () => `PENDING#${this.own}${this.random.int(2)}`

  private paths(named: Named): string {
    const { random } = this
    const name = random.int(1000)
    named.names[`#p${name}`] = random.pick(['tree', 'state', 'extra', 'entries'])
    const used = random.chance(0.4)
    if (!used) delete named.names[`#p${name}`]
    return random
      .pick([
        used ? `#p${name}` : 'label',
        used ? `#p${name}.#q` : 'num',
        used ? `#p${name}[0]` : 'tree.nested.deep',
        ...(used
          ? [`#p${name}.nested`]
          : ['tree.amount', 'entries[0]', 'entries[1]', 'tree.rows[0]', 'flag', 'extra', 'absent', 'data', 'tags']),
      ])
      .replace('#q', () => {
        named.names['#q'] = random.pick(['amount', 'name', 'state'])
        return '#q'
      })
  }

  private constant(named: Named, value: unknown): string {
    const name = `:v${Object.keys(named.values).length}`
    named.values[name] = value
    return this.rare(name, [':undefined'], 0.004)
  }

  /** dynalite compares maps and lists by identity, so equality is asked of the other types. */
  private comparison(named: Named): string {
    const { random } = this
    const by = random.pick(['=', '<>', '<', '<=', '>', '>='])
    const isOrder = by !== '=' && by !== '<>'
    const ordered = random.pick<unknown>([random.pick(NUMBERS), random.pick(TEXTS)])
    const constant = this.constant(named, isOrder ? ordered : this.scalar())
    return random.chance(0.9) ? `${this.paths(named)} ${by} ${constant}` : `${constant} ${by} ${this.paths(named)}`
  }

  private test(named: Named): string {
    const { random } = this
    const path = this.paths(named)
    const number = () => this.constant(named, random.pick(NUMBERS))
    return random.pick<() => string>([
      () => `attribute_exists(${path})`,
      () => `attribute_not_exists(${path})`,
      () => `attribute_exists (pk)`,
      () => `attribute_not_exists(pk)`,
      () => `begins_with(${path}, ${this.constant(named, this.rare(random.pick(TEXTS), [1, true]))})`,
      () => `contains(${path}, ${this.constant(named, random.pick<unknown>(['a', 1, '中']))})`,
      () => `attribute_type(${path}, ${this.constant(named, random.pick(['S', 'N', 'M', 'L', 'SS', 'NULL', 'X']))})`,
      () => `size(entries) ${random.pick(['<', '=', '>='])} ${number()}`,
      () => `size(tree) > ${number()}`,
      () => `size(tags) <> ${number()}`,
      () => `num BETWEEN ${number()} AND ${number()}`,
      () => `num in (${number()}, ${number()})`,
      () => `label IN (${this.constant(named, 'a')},${this.constant(named, 'b')},${this.constant(named, 1)})`,
    ])()
  }

  condition(named: Named, depth = 0): string {
    const { random } = this
    const draw = random.int(depth > 2 ? 6 : 10)
    if (draw < 3) return this.comparison(named)
    if (draw < 6) return this.test(named)
    const part = () => this.condition(named, depth + 1)
    if (draw === 6) return `NOT ${this.rare(`(${part()})`, [`((${this.comparison(named)}))`], 0.05)}`
    if (draw === 7) return `${part()} OR ${part()}`
    return draw === 8 ? `(${part()} OR ${part()}) AND ${part()}` : `${part()} and ${part()}`
  }

  private assigned(named: Named): string {
    const { random } = this
    const path = this.paths(named)
    const number = () => this.constant(named, this.rare(random.pick(NUMBERS), ['x', true]))
    return random.pick<() => string>([
      () => this.constant(named, this.value(random.pick(ATTRIBUTES))),
      () => this.constant(named, this.scalar()),
      () => path,
      () => `num + ${number()}`,
      () => `num - ${number()}`,
      () => `if_not_exists(${path}, ${number()}) + ${number()}`,
      () => `if_not_exists(${path}, ${this.constant(named, this.scalar())})`,
      () => `list_append(entries, ${this.constant(named, this.rare(this.list(), ['x']))})`,
      () => `list_append(if_not_exists(entries, ${this.constant(named, [])}), ${this.constant(named, this.list())})`,
      () => `${number()} - tree.amount`,
    ])()
  }

  private indexChange(named: Named): string {
    const { random } = this
    return random.pick<() => string>([
      () => `createdSort = ${this.constant(named, `${random.int(6)}#y${random.int(10_000)}`)}`,
      () => `head = ${this.constant(named, this.tree())}`,
      () => `pendingShard = ${this.constant(named, this.rare(this.shard(), [1]))}`,
      () => `deadline = ${this.constant(named, this.rare(random.int(1_000_000), ['x']))}`,
      () => `pk = ${this.constant(named, 'other')}`,
    ])()
  }

  private update(named: Named): string {
    const { random } = this
    const many = <T>(make: () => T) => Array.from({ length: 1 + random.int(2) }, make).join(', ')
    const isIndex = () => random.chance(0.15)
    const set = () => (isIndex() ? this.indexChange(named) : `${this.paths(named)} = ${this.assigned(named)}`)
    const amount = () => this.constant(named, this.rare<unknown>(random.pick(NUMBERS), ['x', [1]]))
    const clauses = [
      `SET ${many(set)}`,
      ...(random.chance(0.25)
        ? [`REMOVE ${random.pick(['pendingShard, deadline', 'createdSort', 'head', this.paths(named)])}`]
        : []),
      ...(random.chance(0.25) ? [`ADD ${this.paths(named)} ${amount()}`] : []),
      ...(random.chance(0.1) ? [`ADD tags ${this.constant(named, this.set())}`] : []),
      ...(random.chance(0.1) ? [`DELETE tags ${this.constant(named, this.set())}`] : []),
    ]
    return random.shuffle(clauses).slice(random.int(2)).join(' ') || 'REMOVE extra'
  }

  private given({ names, values }: Named, expression: string | undefined) {
    const used = (map: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(map).filter(
          ([name]) => new RegExp(`${name}(?!\\w)`).test(expression ?? '') || this.random.chance(0.005),
        ),
      )
    const [usedNames, usedValues] = [used(names), used(values)]
    return {
      ...(Object.keys(usedNames).length > 0 && { ExpressionAttributeNames: usedNames as Record<string, string> }),
      ...(Object.keys(usedValues).length > 0 && { ExpressionAttributeValues: usedValues }),
    }
  }

  private conditioned(named: Named) {
    return this.random.chance(0.5) ? { ConditionExpression: this.condition(named) } : {}
  }

  private projection(named: Named) {
    const list = ['pk', 'sk', ...Array.from({ length: this.random.int(3) }, () => this.paths(named))]
    return this.random.chance(0.3) ? { ProjectionExpression: list.join(', ') } : {}
  }

  private query() {
    const { random } = this
    const named: Named = { names: {}, values: {} }
    const sort = () => this.constant(named, `${random.int(7)}`)
    const index = random.int(3)
    const [hash, range] =
      [
        ['pk', 'sk'],
        ['pk', 'createdSort'],
        ['pendingShard', 'deadline'],
      ][index] ?? []
    const start = index === 2 ? this.shard() : this.key().pk
    const bound = index === 2 ? () => this.constant(named, random.int(1_000_000)) : sort
    const ranges = [
      '',
      ` AND ${range} ${random.pick(['<', '<=', '>', '>=', '='])} ${bound()}`,
      ` AND ${range} BETWEEN ${bound()} AND ${bound()}`,
      ` AND ${bound()} < ${range}`,
      ...(index === 2 ? [] : [` AND begins_with(${range}, ${sort()})`]),
      ` AND ${range} <> ${bound()}`,
    ]
    const KeyConditionExpression = `${hash} = ${this.constant(named, start)}${random.pick(ranges)}`
    const filter = random.chance(0.3)
      ? { FilterExpression: index === 0 ? this.condition(named) : this.headFilter(named) }
      : {}
    const projection = index === 0 ? this.projection(named) : {}
    const text = [KeyConditionExpression, filter.FilterExpression, projection.ProjectionExpression].join(' ')
    return new QueryCommand({
      TableName: this.table,
      ...(index > 0 && { IndexName: index === 1 ? BY_CREATION : PENDING_BY_DEADLINE }),
      KeyConditionExpression,
      ...filter,
      ...projection,
      ...this.given(named, text),
      ...(random.chance(0.4) && { Limit: 1 + random.int(3) }),
      ...(random.chance(0.5) && { ScanIndexForward: random.chance(0.5) }),
      ...(random.chance(0.5) && { ConsistentRead: index < 2 || random.chance(0.1) }),
    })
  }

  private headFilter(named: Named): string {
    const constant = this.constant(named, this.random.pick(TEXTS))
    return this.random
      .pick([
        `head.#n = ${constant}`,
        `attribute_exists(head.nested) OR contains(head.#n, ${constant})`,
        `attribute_not_exists(head) AND NOT head.#n <> ${constant}`,
      ])
      .replace('#n', () => {
        named.names['#n'] = 'name'
        return '#n'
      })
  }

  /** Something to work on: an item under most keys. */
  first(): object {
    const keys = this.random.shuffle(KEYS.flatMap(pk => SORTS.map(sk => ({ pk: `${pk}#${this.own}`, sk }))))
    const requests = keys.slice(2).map(key => ({ PutRequest: { Item: { ...this.item(), ...key } } }))
    return new BatchWriteCommand({ RequestItems: { [this.table]: requests } })
  }

  next(): object {
    const { random } = this
    const named: Named = { names: {}, values: {} }
    const TableName = this.table
    const draw = random.int(20)
    if (draw < 5) {
      const condition = this.conditioned(named)
      const Item = this.item()
      return new PutCommand({
        TableName,
        Item,
        ...condition,
        ...this.given(named, condition.ConditionExpression),
        ...(random.chance(0.3) && { ReturnValues: this.rare('ALL_OLD', ['ALL_NEW']) }),
      })
    }
    if (draw < 13) {
      const UpdateExpression = this.update(named)
      const condition = this.conditioned(named)
      return new UpdateCommand({
        TableName,
        Key: this.rare(this.key(), [{ pk: 'x' }, { pk: '', sk: 'x' }, { ...this.key(), extra: 1 }], 0.02),
        UpdateExpression,
        ...condition,
        ...this.given(named, `${UpdateExpression} ${condition.ConditionExpression}`),
        ...(random.chance(0.6) && {
          ReturnValues: random.pick(['ALL_NEW', 'ALL_OLD', 'UPDATED_NEW', 'UPDATED_OLD', 'NONE']),
        }),
      })
    }
    if (draw < 14) {
      const condition = this.conditioned(named)
      const ReturnValues = random.pick(['ALL_OLD', 'NONE'] as const)
      return new DeleteCommand({
        TableName,
        Key: this.key(),
        ...condition,
        ...this.given(named, condition.ConditionExpression),
        ReturnValues,
      })
    }
    if (draw < 15) {
      const projection = this.projection(named)
      return new GetCommand({
        TableName,
        Key: this.key(),
        ...projection,
        ...this.given(named, projection.ProjectionExpression),
        ConsistentRead: random.chance(0.5),
      })
    }
    if (draw < 18) return this.query()
    if (draw === 18) {
      const Keys = Array.from({ length: 1 + random.int(3) }, () => this.key())
      return new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } })
    }
    const requests = Array.from({ length: 1 + random.int(3) }, () =>
      random.chance(0.7) ? { PutRequest: { Item: this.item() } } : { DeleteRequest: { Key: this.key() } },
    )
    return new BatchWriteCommand({ RequestItems: { [TableName]: requests } })
  }
}

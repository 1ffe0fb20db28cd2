import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { type Bound, boundOf, checkPlaceholders, type Step } from './bound-names'
import { checkCondition } from './condition-check'
import { type Condition, parseCondition } from './condition-expression'
import { headsOf } from './condition-heads'
import { holds } from './condition-holds'
import { copyMap, marshalMap, type ValueMap } from './document-value'
import { keyConditionOf } from './key-condition'
import { parseProjection, pathsOf, projected } from './projection'
import { checkStart } from './query-page'
import { validation } from './service-exceptions'
import { INDEXES, type IndexShape, KEY_NAMES } from './table-shape'
import { checkPaths } from './update-check'

/** A query whose parts are known to be right. */
export interface Plan {
  index: IndexShape | null
  hash: string
  range: string
  hashValue: string
  start: ValueMap | undefined
  inRange: ((item: ValueMap) => boolean) | null
  filter: ((item: ValueMap) => boolean) | null
  pick: (item: ValueMap) => ValueMap
  /** The projection wants attributes that the local index lacks: each row reads its item too. */
  fetches: boolean
}

function indexNamed(name: string | undefined): IndexShape | null {
  if (name === undefined) return null
  const index = INDEXES.find(shape => shape.name === name)
  if (index === undefined) throw validation(`The table does not have the specified index: ${name}`)
  return index
}

function filterOf(root: Condition, keys: readonly string[], bound: Bound) {
  checkCondition(root, bound)
  const heads = headsOf(root, bound)
  for (const key of keys)
    if (heads.has(key)) throw validation(`Filter Expression can only contain non-primary key attributes: ${key}`)
  return (item: ValueMap) => holds(root, item, bound)
}

interface Parsed {
  bound: Bound
  condition: Condition
  filter: Condition | null
  paths: Step[][] | null
}

function parsedOf(input: QueryCommandInput): Parsed {
  const { KeyConditionExpression, FilterExpression, ProjectionExpression } = input
  if (KeyConditionExpression === undefined) throw validation('The KeyConditionExpression must be specified')
  const bound = boundOf(input)
  const condition = parseCondition(KeyConditionExpression)
  const filter = FilterExpression === undefined ? null : parseCondition(FilterExpression)
  const projection = ProjectionExpression === undefined ? null : parseProjection(ProjectionExpression)
  checkPlaceholders(
    [condition, filter, projection].flatMap(parsed => (parsed ? [parsed.placeholders] : [])),
    bound,
  )
  checkCondition(condition.root, bound)
  const paths = projection && pathsOf(projection, bound)
  if (paths) checkPaths(paths)
  return { bound, condition: condition.root, filter: filter?.root ?? null, paths }
}

/** Attributes that are asked for and that the index does not hold. */
function isLacking(index: IndexShape | null, paths: Step[][] | null): boolean {
  if (index === null || paths === null) return false
  const lacking = paths.some(([head]) => !index.attributes.includes(String(head)))
  if (lacking && index.isGlobal)
    throw validation('One or more parameter values were invalid: the projection asks for what the global index lacks')
  return lacking
}

function checkRequest(input: QueryCommandInput, index: IndexShape | null): void {
  if (index?.isGlobal && input.ConsistentRead === true)
    throw validation('Consistent reads are not supported on global secondary indexes')
  if (input.Limit !== undefined && input.Limit < 1) throw validation('Limit must be greater than or equal to 1')
}

/** @throws DynamoDBServiceException ValidationException before anything is read */
export function planOf(input: QueryCommandInput): Plan {
  const index = indexNamed(input.IndexName)
  checkRequest(input, index)
  const { bound, condition, filter, paths } = parsedOf(input)
  const [hash, range] = index === null ? KEY_NAMES : [index.hash, index.range]
  const keys = keyConditionOf(condition, hash, range, bound)
  const fetches = isLacking(index, paths)
  const start = input.ExclusiveStartKey && marshalMap(input.ExclusiveStartKey)
  if (start) checkStart(start, hash, range, keys.hash)
  if (start && keys.range?.(start) === false)
    throw validation('The provided starting key does not match the range key predicate')
  return {
    index,
    hash,
    range,
    start,
    hashValue: String(keys.hash),
    inRange: keys.range,
    filter: filter && filterOf(filter, [hash, range], bound),
    pick: paths ? item => projected(item, paths) : copyMap,
    fetches,
  }
}

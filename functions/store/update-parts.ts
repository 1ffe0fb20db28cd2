/** One update of an item, put together part by part. */
export interface UpdateParts {
  set?: readonly string[]
  remove?: readonly string[]
  add?: readonly string[]
  condition?: readonly string[]
  names?: Readonly<Record<string, string>>
  values?: Readonly<Record<string, unknown>>
}

const clause = (word: string, parts: readonly string[] = []) =>
  parts.length === 0 ? [] : [`${word} ${parts.join(', ')}`]

/** The parts as an input of UpdateItem; DynamoDB refuses empty maps, so what is empty is left out. */
export function updateInput({ set, remove, add, condition = [], names = {}, values = {} }: UpdateParts) {
  return {
    UpdateExpression: [...clause('SET', set), ...clause('REMOVE', remove), ...clause('ADD', add)].join(' '),
    ...(condition.length > 0 && { ConditionExpression: condition.join(' AND ') }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: { ...names } }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: { ...values } }),
  }
}

/** Parts that hold together. */
export function joined(...parts: readonly (UpdateParts | null)[]): UpdateParts {
  const given = parts.flatMap(part => (part === null ? [] : [part]))
  return {
    set: given.flatMap(({ set = [] }) => set),
    remove: given.flatMap(({ remove = [] }) => remove),
    add: given.flatMap(({ add = [] }) => add),
    condition: given.flatMap(({ condition = [] }) => condition),
    names: Object.assign({}, ...given.map(({ names }) => names)),
    values: Object.assign({}, ...given.map(({ values }) => values)),
  }
}

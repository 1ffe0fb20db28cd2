import { parameterStore } from '../platform/parameter-store'
import { connectProviders, PROVIDERS } from '../providers/registry'

/** The providers that a stage names, with their secrets below the parameter prefix. */
export function cloudProviders(names: readonly string[], secretPrefix: string) {
  const rows = names.map(name => {
    const row = PROVIDERS.find(({ traits }) => traits.name === name)
    if (row === undefined) throw new Error(`PROVIDERS names ${name}, which is in no row of the registry`)
    return row
  })
  const secrets = new Map(
    rows.map(({ traits, secrets }) => [traits.name, parameterStore(`${secretPrefix}${traits.name}/`, secrets)]),
  )
  return connectProviders(rows, {
    baseUrlOf: () => null,
    secretsOf: async name => (await secrets.get(name)?.()) ?? {},
    simulated: false,
  })
}

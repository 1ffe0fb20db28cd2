import type { InvoiceProvider } from '../verification/ports'
import { ALIYUN } from './aliyun'
import { BAIDU } from './baidu'
import type { ProviderRow } from './provider-row'
import { TENCENT } from './tencent'

/** Every provider that can be asked. A new one is its file and its row here (ARCHITECTURE.md, "How to add"). */
export const PROVIDERS: readonly ProviderRow[] = [TENCENT, BAIDU, ALIYUN]

export interface Stage {
  /** Null: the provider's own address. */
  baseUrlOf(name: string): string | null
  /** Secrets of one provider, by their names in its row. */
  secretsOf(name: string): Promise<Readonly<Record<string, string>>>
  simulated: boolean
}

/** Names become attribute names of the meter, such as `slot_tencent`, and are read back from there. */
const NAME = /^[a-z0-9]+$/

/**
 * The providers of the rows in the order of asking.
 * @throws RangeError for a name that the meter could not carry
 */
export function connectProviders(rows: readonly ProviderRow[], stage: Stage): InvoiceProvider[] {
  const odd = rows.find(({ traits }) => !NAME.test(traits.name))
  if (odd !== undefined) throw new RangeError(`${odd.traits.name}: names become attribute names of the meter`)
  return rows
    .map(({ traits, baseUrl, connect }) => ({
      ...traits,
      simulated: stage.simulated,
      verify: connect({
        baseUrl: stage.baseUrlOf(traits.name) ?? baseUrl,
        secrets: () => stage.secretsOf(traits.name),
      }),
    }))
    .sort((a, b) => a.order - b.order)
}

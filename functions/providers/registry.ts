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

/** The providers of the rows in the order of asking. */
export function connectProviders(rows: readonly ProviderRow[], stage: Stage): InvoiceProvider[] {
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

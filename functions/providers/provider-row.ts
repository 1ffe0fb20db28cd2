import type { InvoiceProvider, ProviderTraits } from '../verification/ports'

/** How to reach a provider. */
export interface Connection<Secret extends string> {
  /** Origin with an optional path, such as `https://aip.baidubce.com` or `http://127.0.0.1:5174/baidu`. */
  baseUrl: string
  /** Read at every call that needs them; the cloud keeps them in Parameter Store. */
  secrets(): Promise<Readonly<Record<Secret, string>>>
}

/** One provider: one file of this shape, and one row in `registry.ts`. */
export interface ProviderRow<Secret extends string = string> {
  traits: ProviderTraits
  /** Names of its secrets below the parameter prefix, each as `<provider>/<secret>`. */
  secrets: readonly Secret[]
  /** Its own address; another one is the simulator's. */
  baseUrl: string
  connect(connection: Connection<Secret>): InvoiceProvider['verify']
}

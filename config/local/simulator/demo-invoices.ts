import { demoSamples } from '../demo/demo-samples'
import type { Fault } from './faults'
import type { SimInvoice } from './sim-invoice'

/** What the tax data holds of the samples. */
export function demoInvoices(anchor: string, today: string): SimInvoice[] {
  return demoSamples(anchor, today).flatMap(({ taxData }) => (taxData === null ? [] : [taxData]))
}

/** The standing fault of the sample whose provider cannot be reached. */
export function demoFaults(anchor: string, today: string): Fault[] {
  return demoSamples(anchor, today)
    .filter(({ expected }) => expected === 'network')
    .map(({ face }) => ({
      provider: '*',
      mode: 'down',
      rate: 1,
      latencyMs: null,
      invoiceNumber: face.invoiceNumber,
    }))
}

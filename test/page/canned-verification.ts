import type { Verification } from '@shared/contract/verification'

const SELLER = { name: '北京样本餐饮有限公司', taxId: '91110105MA00X1Y229' }
const BUYER = { name: '北京示例科技有限公司', taxId: '91110108MA01ABCD3X' }

/** A record as the API answers it: a good digital invoice unless told otherwise. */
export function verification(change: Partial<Verification> = {}): Verification {
  const outcome = change.outcome === undefined ? 'consistent' : change.outcome
  const found = outcome === 'consistent'
  const asked = {
    kind: 'DIGITAL_NORMAL' as const,
    invoiceCode: null,
    invoiceNumber: '25112000000012345678',
    issueDate: '2025-11-19',
    amount: '106.00',
    checkCode: null,
    sellerTaxId: null,
  }
  return {
    id: 'vrf_1',
    state: 'done',
    outcome,
    lifecycle: found ? 'normal' : null,
    reasons: [],
    hints: [],
    invoice: {
      ...asked,
      amountWithoutTax: found ? '100.00' : null,
      taxAmount: found ? '6.00' : null,
      amountWithTax: found ? '106.00' : null,
      seller: found ? SELLER : null,
      buyer: found ? BUYER : null,
      remark: null,
      taxBureau: null,
      items: [],
    },
    asked,
    provider: { name: 'tencent', requestId: 'prov-1', checkedAt: '2026-11-22T02:00:00.000Z' },
    proofNumber: '7K2M9QXR4TWB83',
    triesLeftToday: 4,
    yourTriesLeftToday: 3,
    waiting: null,
    opinions: [],
    disagreement: false,
    place: null,
    follows: null,
    followUpAt: null,
    notice: null,
    fromCache: false,
    simulated: true,
    source: 'manual',
    nextTryAt: null,
    createdAt: '2026-11-22T02:00:00.000Z',
    ...change,
  }
}

/** `count` records, newest first, no two alike. */
export function manyVerifications(count: number): Verification[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = String(count - index).padStart(8, '0')
    const record = verification({ id: `vrf_${count - index}` })
    const number = `251120000000${digits}`
    return {
      ...record,
      asked: { ...record.asked, invoiceNumber: number },
      invoice: { ...record.invoice, invoiceNumber: number, seller: { ...SELLER, name: `样本商户${digits}有限公司` } },
    }
  })
}

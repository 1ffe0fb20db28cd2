import { groupAmount, groupDigits } from '@shared/invoice/digit-groups'
import { describeForm } from '@shared/invoice/form'

const TODAY = '2026-11-22'

describe('the form that adapts while a person types', () => {
  it.each([
    ['nothing yet', {}, ['invoiceNumber', 'invoiceCode', 'issueDate']],
    ['eight digits', { invoiceNumber: '90000007' }, ['invoiceNumber', 'invoiceCode', 'issueDate']],
    ['eleven digits', { invoiceNumber: '26112000000' }, ['invoiceNumber', 'issueDate', 'amount']],
    ['twenty digits', { invoiceNumber: '26112000000000000001' }, ['invoiceNumber', 'issueDate', 'amount']],
    ['an electronic code', { invoiceCode: '011002400211' }, ['invoiceNumber', 'invoiceCode', 'issueDate', 'checkCode']],
    ['a special code', { invoiceCode: '1100243130' }, ['invoiceNumber', 'invoiceCode', 'issueDate', 'amount']],
    [
      'an unknown code',
      { invoiceCode: '1100150930' },
      ['invoiceNumber', 'invoiceCode', 'issueDate', 'kind', 'amount', 'checkCode'],
    ],
    [
      'a blockchain code',
      { invoiceCode: '144031909110' },
      ['invoiceNumber', 'invoiceCode', 'issueDate', 'amount', 'checkCode', 'sellerTaxId'],
    ],
    ['a taxi receipt', { kind: 'NON_VERIFIABLE' as const }, ['invoiceNumber', 'invoiceCode', 'issueDate']],
  ])('shows the fields for %s', (_name, input, shows) => {
    expect(describeForm(input, TODAY).shows).toEqual(shows)
  })

  it('never calls a number wrong that is still being typed', () => {
    const whole = { invoiceNumber: '26112000000000000001', invoiceCode: '011002400211', issueDate: '2026-03-15' }
    const others = { amount: '1234.56', checkCode: '12345678901234567890', sellerTaxId: '91110108690017781B' }
    for (const [field, text] of Object.entries({ ...whole, ...others })) {
      for (let typed = 0; typed <= text.length; typed++) {
        expect(describeForm({ [field]: text.slice(0, typed) }, TODAY).problems).toEqual({})
      }
    }
  })

  it.each([
    [{ invoiceNumber: '9000000A' }, { invoiceNumber: 'format' }],
    [{ invoiceNumber: '261120000000000000012' }, { invoiceNumber: 'number_length' }],
    [{ invoiceCode: '0110024002111', invoiceNumber: '90000007' }, { invoiceCode: 'code_length' }],
    [{ amount: '1.234' }, { amount: 'amount_decimals' }],
    [{ amount: '-1' }, { amount: 'amount_negative' }],
    [{ amount: 'abc' }, { amount: 'amount_format' }],
    [{ issueDate: '2026-11-23' }, { issueDate: 'date_in_future' }],
    [{ issueDate: '2026-02-30' }, { issueDate: 'date_not_real' }],
    [{ invoiceNumber: '26112000000000000001', invoiceCode: '011002400211' }, { invoiceCode: 'code_with_20_digits' }],
  ])('says at once what is certainly wrong in %j', (input, problems) => {
    expect(describeForm(input, TODAY).problems).toEqual(problems)
  })

  it('shows the chosen kind again when the code that is typed later rules it out', () => {
    const kind = 'VAT_NORMAL_PAPER'
    expect(describeForm({ kind, invoiceCode: '110024' }, TODAY).problems).toEqual({})
    const view = describeForm({ kind, invoiceCode: '1100243130' }, TODAY)
    expect(view.problems).toEqual({ kind: 'kind_contradicts' })
    expect(view.shows).toContain('kind')
  })

  it('calls no fiscal kind wrong while code and number are still being typed', () => {
    const kind = 'FISCAL_BILL'
    expect(describeForm({ kind, invoiceCode: '110601', invoiceNumber: '012' }, TODAY).problems).toEqual({})
    expect(describeForm({ kind, invoiceCode: '011002400211', invoiceNumber: '012' }, TODAY).problems).toEqual({
      invoiceCode: 'code_length',
      kind: 'kind_contradicts',
    })
  })

  it('names region, year and amount of a digital number before it is whole', () => {
    const view = describeForm({ invoiceNumber: '26952000000' }, TODAY)
    expect(view).toMatchObject({
      regionName: '深圳',
      year: 2026,
      digital: true,
      amountLabel: 'incl_tax',
      complete: false,
    })
  })

  it('knows when the question is complete and when it goes elsewhere', () => {
    const digital = { invoiceNumber: '26112000000000000001', issueDate: '2026-03-15', amount: '1060' }
    expect(describeForm(digital, TODAY)).toMatchObject({ complete: true, notCheckable: null })
    const old = { ...digital, issueDate: '2010-03-15' }
    expect(describeForm(old, TODAY)).toMatchObject({ complete: true, notCheckable: 'OVER_FIVE_YEARS' })
    const fiscal = { invoiceCode: '11060125', invoiceNumber: '0123456789' }
    expect(describeForm(fiscal, TODAY)).toMatchObject({ kind: 'FISCAL_BILL', notCheckable: 'FISCAL_PLATFORM' })
  })

  it('groups digits and amounts for reading', () => {
    expect(groupDigits('26112000000000000001')).toBe('2611 2000 0000 0000 0001')
    expect(groupDigits('011002400211')).toBe('0110 0240 0211')
    expect(groupAmount('-1234567.80')).toBe('-1,234,567.80')
    expect(groupAmount('123456.00')).toBe('123,456.00')
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chineseAmount } from '../../../config/local/simulator/chinese-amount'

test.each([
  ['106.00', '壹佰零陆圆整'],
  ['0.00', '零圆整'],
  ['0.05', '伍分'],
  ['10.05', '壹拾圆零伍分'],
  ['1.50', '壹圆伍角整'],
  ['10000.00', '壹万圆整'],
  ['100010.23', '壹拾万零壹拾圆贰角叁分'],
  ['149810.00', '壹拾肆万玖仟捌佰壹拾圆整'],
  ['200000001.00', '贰亿零壹圆整'],
  ['-636.00', '（负数）陆佰叁拾陆圆整'],
  ['odd', ''],
])('%s is written %s', (amount, written) => {
  expect(chineseAmount(amount)).toBe(written)
})

test('the shared vectors agree', () => {
  const vectors = JSON.parse(readFileSync(join(__dirname, '../../vectors/domain.json'), 'utf8'))
  // The others write 元, or a mark before the amount: spellings to read, not to print.
  const printed = vectors.amountChinese.filter(({ chinese }: { chinese: string }) => /^[^⊗元]+$/.test(chinese))
  expect(printed.length).toBeGreaterThan(4)
  for (const { amount, chinese } of printed) expect(chineseAmount(amount)).toBe(chinese)
})

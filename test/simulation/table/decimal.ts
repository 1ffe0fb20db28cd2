/** A number as an integer times a power of ten, as DynamoDB keeps it. */
interface Decimal {
  digits: bigint
  exponent: number
}

function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

/**
 * The sum as DynamoDB counts, in decimal: 0.1 + 0.2 is 0.3. Exact while a JavaScript number can hold the sum (15 digits,
 * integers to 2^53), which is all that the document client hands out as a number.
 */
export function addDecimals(a: number, b: number): number {
  if (Number.isInteger(a) && Number.isInteger(b) && Number.isSafeInteger(a + b)) return a + b
  const left = decimalOf(a)
  const right = decimalOf(b)
  const exponent = Math.min(left.exponent, right.exponent)
  const scaled = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent)
  return Number(`${scaled(left) + scaled(right)}e${exponent}`)
}

/** Decimal digits of a safe integer. */
function countDigits(value: number): number {
  let count = 1
  for (let bound = 10; bound <= value; bound *= 10) count++
  return count
}

/**
 * Bytes of a stored number: one, one more for every two significant digits, one more below zero. Digits stand in pairs
 * that are aligned to the decimal point, zeros at both ends are left out.
 * Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats".
 */
export function numberBytes(value: number): number {
  if (value === 0) return 1
  const sign = value < 0 ? 1 : 0
  let size = Math.abs(value)
  if (Number.isSafeInteger(size)) {
    while (size % 100 === 0) size /= 100
    return 1 + Math.ceil(countDigits(size) / 2) + sign
  }
  const { digits, exponent } = decimalOf(size)
  const trimmed = String(digits).replace(/0+$/, '')
  const last = exponent + String(digits).length - trimmed.length
  const padding = Math.abs(last % 2)
  return 1 + Math.ceil((trimmed.length + padding) / 2) + sign
}

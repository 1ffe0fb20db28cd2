/** A code or number in groups of four for reading: display only, never a value to send. */
export function groupDigits(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ')
}

/** A decimal string with thousands separators: display only. */
export function groupAmount(amount: string): string {
  const [whole = '', fraction] = amount.split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

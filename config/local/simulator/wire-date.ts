/** `YYYY-MM-DD` of a date that came as `YYYYMMDD`; anything else as it came. */
export function dashed(date: string): string {
  return date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
}

/** `YYYYMMDD` of a date with dashes. */
export function undashed(date: string): string {
  return date.replaceAll('-', '')
}

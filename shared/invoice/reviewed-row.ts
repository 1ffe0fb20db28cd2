import { daysBetween } from './issue-date'

/** A row of a table that ages: addresses and forms of other places change without a notice. */
export interface ReviewedRow {
  source: string
  /** `YYYY-MM-DD`, when somebody last compared the row with its source. */
  reviewedAt: string
}

const REVIEW_EVERY_DAYS = 365

/** Rows whose review is more than a year old on `today` (`YYYY-MM-DD`). */
export function overdueRows<Row extends ReviewedRow>(rows: readonly Row[], today: string): Row[] {
  return rows.filter(row => daysBetween(row.reviewedAt, today) > REVIEW_EVERY_DAYS)
}

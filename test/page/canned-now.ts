/** The moment that canned answers are about. */
export const CANNED_NOW = '2026-11-22T02:00:00.000Z'

/** An invariant that did not hold, with what was seen. */
export interface Violation {
  invariant: string
  detail: string
}

/** Hears of the first violation; later ones are consequences. */
export type Report = (invariant: string, detail: string) => void

/** Runs a factory at the first call and keeps its value; a failure is forgotten, so that the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null
  return () => {
    if (kept === null) {
      kept = make().catch(error => {
        kept = null
        throw error
      })
    }
    return kept
  }
}

import { IN_BROWSER } from './target'

/**
 * H5: keeps the pages so that they open without a network (`offline-worker.js`). Pages that load later (one chunk each) are
 * fetched once while the network is there. WeChat keeps a mini-program's package by itself.
 */
export function keepPagesOffline(): void {
  if (!IN_BROWSER || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/offline-worker.js').catch(() => {
    // A browser without it opens the pages online only.
  })
}

/**
 * H5 only: lets the pages open without a network. The page itself comes from the network when there is one; files with a
 * hash in their name never change and come from the cache. Answers of the API are never kept here.
 */
const CACHE = 'yanpiao-pages'
const HASHED = /^\/(js|css|static)\//

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (HASHED.test(pathname)) event.respondWith(fromCache(request))
  else if (pathname === '/') event.respondWith(fromNetwork(request))
})

async function fromCache(request) {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

async function fromNetwork(request) {
  const cache = await caches.open(CACHE)
  try {
    const answer = await fetch(request)
    if (answer.ok) await keep(cache, answer.clone())
    return answer
  } catch (fault) {
    const kept = await cache.match('/')
    if (kept) return kept
    throw fault
  }
}

/** Keeps the page with the files it names, and forgets those of older builds. */
async function keep(cache, page) {
  const html = await page.clone().text()
  const named = [...html.matchAll(/(?:src|href)="(\/(?:js|css)\/[^"]+)"/g)].map(([, file]) => file)
  const before = await cache.match('/')
  if (before && (await before.text()) === html) return
  await Promise.all((await cache.keys()).map(old => cache.delete(old)))
  await cache.addAll(named)
  await cache.put('/', page)
}

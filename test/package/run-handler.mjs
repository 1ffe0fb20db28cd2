/** A process for one packaged function: `node run-handler.mjs <folder> <handler>`, events in and answers out by messages. */
import dns from 'node:dns'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

// No name can be resolved, so that no provider is reached from a test. Loopback is called by its number.
dns.lookup = (host, options, callback) => {
  const done = typeof options === 'function' ? options : callback
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })
  process.nextTick(done, error)
}

const [folder, handler] = process.argv.slice(2)
const { dir, name: file, ext } = path.parse(handler)
const loaded = await import(pathToFileURL(path.join(folder, dir, `${file}.mjs`)).href)
process.on('message', async event => {
  try {
    process.send({ answer: await loaded[ext.slice(1)](event) })
  } catch (error) {
    process.send({ error: String(error) })
  }
})
process.send({ ready: true })

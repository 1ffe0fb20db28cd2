import { containers } from '../../../config/local/containers'

/** Counts its instances; each knows how many calls it served. */
function counted() {
  let made = 0
  const serve = containers(() => {
    const name = ++made
    let calls = 0
    return async (ms: number) => {
      calls += 1
      await new Promise(resolve => setTimeout(resolve, ms))
      if (ms < 0) throw new Error('died')
      return `${name}:${calls}`
    }
  })
  return serve
}

test('calls one after the other are served by one instance', async () => {
  const serve = counted()
  expect([await serve(0), await serve(0)]).toEqual(['1:1', '1:2'])
})

test('calls at the same time never share an instance, and idle ones are used again', async () => {
  const serve = counted()
  expect(await Promise.all([serve(5), serve(5), serve(5)])).toEqual(['1:1', '2:1', '3:1'])
  expect((await serve(0)).endsWith(':2')).toBe(true)
})

test('an instance that failed serves nobody else', async () => {
  const serve = counted()
  await expect(serve(-1)).rejects.toThrow('died')
  expect(await serve(0)).toBe('2:1')
})

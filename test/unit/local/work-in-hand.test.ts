import { WorkInHand } from '../../../config/local/work-in-hand'

/** Work that ends when it is told to, and what happened in which order. */
function scene() {
  const hand = new WorkInHand()
  const happened: string[] = []
  const begin = (name: string) => {
    let end = () => {}
    const waits = new Promise<void>(resolve => {
      end = resolve
    })
    const done = hand.run(async () => {
      happened.push(`${name} begins`)
      await waits
      happened.push(`${name} ends`)
    })
    return { end: () => end(), done }
  }
  const jump = () => hand.between(() => happened.push('jump'))
  return { hand, happened, begin, jump }
}

test('with nothing in hand time jumps at once', async () => {
  const { happened, jump } = scene()
  await jump()
  expect(happened).toEqual(['jump'])
})

test('a jump waits for what is in hand and holds back what comes meanwhile', async () => {
  const { happened, begin, jump } = scene()
  const [one, two] = [begin('one'), begin('two')]
  const jumped = jump()
  const late = begin('late')
  one.end()
  await one.done
  two.end()
  await jumped
  late.end()
  await late.done
  expect(happened).toEqual(['one begins', 'two begins', 'one ends', 'two ends', 'jump', 'late begins', 'late ends'])
})

test('work that fails is no longer in hand', async () => {
  const { hand, happened, jump } = scene()
  await expect(hand.run(() => Promise.reject(new Error('died')))).rejects.toThrow('died')
  await jump()
  expect(happened).toEqual(['jump'])
})

test('work that was frozen holds time back for half a minute at most', async () => {
  jest.useFakeTimers()
  const { hand, happened, jump } = scene()
  void hand.run(() => new Promise(() => {}))
  const jumped = jump()
  await jest.advanceTimersByTimeAsync(29_000)
  expect(happened).toEqual([])
  await jest.advanceTimersByTimeAsync(1000)
  await jumped
  expect(happened).toEqual(['jump'])
  jest.useRealTimers()
})

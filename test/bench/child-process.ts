import { fork } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'

/** A process of the bench's own: the table, the provider and the workers must not share one event loop. */
export interface Child {
  ask<Answer>(question: object): Promise<Answer>
  stop(): void
}

interface Message {
  id: number
  question: object
}

type Reply = { id: number; answer: unknown } | { id: number; fault: string }

const RUN = path.join(process.cwd(), 'test/bench/run.ts')

/** Starts `run.ts` as the named part of the bench; resolves when it answers. */
export async function startChild(part: string): Promise<Child> {
  const child = fork(RUN, ['--part', part], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  favour(child.pid)
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(fault: Error): void }>()
  let asked = 0
  child.on('message', reply => {
    const settled = reply as Reply
    const waiter = waiting.get(settled.id)
    waiting.delete(settled.id)
    if ('fault' in settled) waiter?.reject(new Error(`${part}: ${settled.fault}`))
    else waiter?.resolve(settled.answer)
  })
  child.on('exit', () => {
    for (const waiter of waiting.values()) waiter.reject(new Error(`${part} ended`))
  })
  const ask = <Answer>(question: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve: answer => resolve(answer as Answer), reject })
      child.send({ id: asked, question } satisfies Message)
    })
  const started: Child = { ask, stop: () => void child.kill() }
  await started.ask({ ready: true })
  return started
}

const FIRST_IN_LINE = -20

/** Other work on the machine shall wait, where that is allowed: a late timer of ours would be measured as a fault. */
export function favour(pid = process.pid): boolean {
  try {
    os.setPriority(pid, FIRST_IN_LINE)
    return true
  } catch {
    return false
  }
}

/** The child's side: answers each question of the parent, several at once. */
export function answerParent(answer: (question: object) => Promise<unknown>): void {
  process.on('message', async message => {
    const { id, question } = message as Message
    const reply: Reply = await answer(question).then(
      found => ({ id, answer: found ?? null }),
      fault => ({ id, fault: fault instanceof Error ? String(fault.stack) : String(fault) }),
    )
    process.send?.(reply)
  })
  process.on('disconnect', () => process.exit())
}

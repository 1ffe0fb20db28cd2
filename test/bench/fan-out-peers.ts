import { seeded } from './measure'

/** What a fan-out did: people who got a message twice or oftener, and people who never got one. */
export interface Reach {
  duplicates: number
  missed: number
  writesPerPerson: number
}

const CHUNK = 125
const KILL = 0.0005
/** Of queue messages. */
const TWICE = 0.001

/** Chunks as a queue hands them out: some twice, each again until it was worked to its end. */
function workThrough(people: number, seed: number, one: (person: number, dies: () => boolean) => boolean): void {
  const random = seeded(seed)
  const dies = () => random() < KILL
  for (let from = 0; from < people; from += CHUNK) {
    for (let times = random() < TWICE ? 2 : 1; times > 0; times--) {
      let isDone = false
      while (!isDone) {
        isDone = true
        for (let person = from; person < Math.min(from + CHUNK, people) && isDone; person++) isDone = one(person, dies)
      }
    }
  }
}

function reached(sent: Uint8Array, writes: number): Reach {
  let [duplicates, missed] = [0, 0]
  for (const times of sent) {
    if (times > 1) duplicates += times - 1
    if (times === 0) missed++
  }
  return { duplicates, missed, writesPerPerson: Math.round((writes / sent.length) * 1000) / 1000 }
}

/** A worker that sends a chunk in a loop and deletes its queue message at the end: nothing is written down. */
export function naiveLoop(people: number, seed: number): Reach {
  const sent = new Uint8Array(people)
  workThrough(people, seed, (person, dies) => {
    if (dies()) return false
    sent[person] = (sent[person] ?? 0) + 1
    return !dies()
  })
  return reached(sent, 0)
}

/** The same with an acknowledgement of each person after the send, as per-item queues have it. */
export function perItemAck(people: number, seed: number): Reach {
  const [sent, acknowledged] = [new Uint8Array(people), new Uint8Array(people)]
  let writes = 0
  workThrough(people, seed, (person, dies) => {
    if (acknowledged[person]) return true
    if (dies()) return false
    sent[person] = (sent[person] ?? 0) + 1
    if (dies()) return false
    acknowledged[person] = 1
    writes++
    return !dies()
  })
  return reached(sent, writes)
}

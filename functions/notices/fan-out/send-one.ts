import { type ChunkPorts, SAMPLES } from './chunk-ports'
import type { Sending } from './decide'
import type { Chunk, SendAnswer, Subscriber, Told } from './ports'
import { forgettable, toldBy } from './told-entry'

/** `lost`: another worker has the chunk by now. */
export type Sent =
  | { kind: 'told'; told: Told }
  | { kind: 'nobody' }
  | { kind: 'lost' }
  | Extract<SendAnswer, { kind: 'unsent' | 'quota' | 'template' }>

const sameSend = (one: Told, other: Told) =>
  one.at === other.at && one.messageId === other.messageId && one.result === other.result

/** Writes down what was told. Null when another worker has done so by now: then the chunk is that one's. */
export async function tell(
  ports: Pick<ChunkPorts, 'roster'>,
  person: Subscriber,
  keys: readonly string[],
  told: Told,
): Promise<{ person: Subscriber | null } | null> {
  const after = await ports.roster.tell(person.userId, keys, told, forgettable(person, told.at))
  if (after !== null) return { person: after }
  const found = await ports.roster.read(person.userId)
  const entry = found === null ? null : toldBy(told.waveId, found)
  // Gone, or the write went through and its answer was lost.
  if (found === null || (entry !== null && sameSend(entry.told, told))) return { person: found }
  return null
}

async function tellSend(
  ports: ChunkPorts,
  chunk: Chunk,
  person: Subscriber,
  sending: Sending,
  answer: Extract<SendAnswer, { kind: 'sent' | 'refused' | 'unknown' }>,
): Promise<Sent> {
  const messageId = answer.kind === 'sent' ? answer.messageId : null
  const told: Told = {
    at: ports.clock.now(),
    result: answer.kind,
    messageId,
    template: sending.template,
    waveId: chunk.waveId,
    sampled: messageId !== null && chunk.samples.length < SAMPLES,
    ...(answer.kind === 'refused' && { credits: person.credits[sending.template] ?? 0 }),
  }
  const written = await tell(ports, person, sending.keys, told)
  if (written === null) return { kind: 'lost' }
  // The event was faster than we were; from here on the events function sees that it is counted.
  if (told.sampled && messageId !== null && Object.hasOwn(written.person?.events ?? {}, messageId)) {
    await ports.waves.confirm(chunk.waveId, messageId)
  }
  return { kind: 'told', told }
}

/** Written down, so that whoever comes after does not take this one for a message on its way. */
async function forgetIdentity({ roster }: Pick<ChunkPorts, 'roster'>, person: Subscriber): Promise<void> {
  let seen: Subscriber | null = person
  while (seen !== null && seen.openid === person.openid && !(await roster.replace({ ...seen, openid: null }))) {
    seen = await roster.read(person.userId)
  }
}

/** Sends one person one message and writes down what came of it before anybody else has a turn. */
export async function sendOne(ports: ChunkPorts, chunk: Chunk, person: Subscriber, sending: Sending): Promise<Sent> {
  const message = ports.messageOf(sending)
  if (message === null || person.openid === null) return { kind: 'nobody' }
  const answer = await ports.messenger.send(person.openid, message)
  switch (answer.kind) {
    case 'no_person':
      await forgetIdentity(ports, person)
      return { kind: 'nobody' }
    case 'unsent':
    case 'quota':
    case 'template':
      return answer
    default:
      return tellSend(ports, chunk, person, sending, answer)
  }
}

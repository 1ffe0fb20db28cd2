import type { PlantedBug } from '../planted-bugs'

const fanOut = (file: string, says: string, find: string, replace: string): PlantedBug => ({
  says,
  file: `functions/notices/fan-out/${file}.ts`,
  find,
  replace,
})

/** Faults that a simulation of the fan-out worth its name finds, each within a few seeds. */
export const PLANTED_FAN_OUT_BUGS: readonly PlantedBug[] = [
  fanOut(
    'in-flight',
    'nobody is in doubt when a worker died',
    'if (!died || chunk.suspects.length > 0)',
    'if (chunk.until > 0)',
  ),
  fanOut(
    'resolve-ambiguous',
    'a message in doubt is sent again without evidence',
    "if (sampled > 0 && confirmed === sampled) return 'absent'",
    "return 'absent'",
  ),
  fanOut(
    'resolve-ambiguous',
    'a delivery event proves nothing',
    'const messageId = stray[0]',
    'const messageId = stray[1_000]',
  ),
  fanOut('resolve-ambiguous', 'doubt is given up at once', 'waited >= patience', 'waited >= 0'),
  fanOut(
    'chunk-walk',
    'a message whose answer never came is taken for sent',
    'this.ambiguous.push({ userId, at: told.at })\n      this.silences++',
    'this.silences++',
  ),
  fanOut(
    'chunk-walk',
    'refusals in a row are all believed',
    'this.refusals.length < FLOOD * 2 ** this.chunk.floods',
    'this.refusals.length < 1_000',
  ),
  fanOut(
    'work-chunk',
    'what a flood of refusals took is not given back',
    "!== 'refused') continue",
    "!== 'unknown') continue",
  ),
  fanOut('work-chunk', 'a chunk that waits for its doubts is done', 'return until === null ?', 'return until !== 0 ?'),
  fanOut(
    'plan-shard',
    'a page is cut again on replay',
    'plan = plan.page.length > 0 ? await handOut(ports, plan)',
    'plan = plan.page.length > 0 ? await handOut(ports, { ...plan, page: plan.page.slice(0, -1) })',
  ),
  fanOut('chunk-walk', 'the credit of a message that never went out is kept', '(told.credits ?? 1)', '0'),
  fanOut(
    'send-one',
    'a refusal is told as a message',
    'result: answer.kind,',
    "result: answer.kind === 'refused' ? 'sent' : answer.kind,",
  ),
  fanOut(
    'send-one',
    'a message is told before it is sent',
    'const answer = await ports.messenger.send(person.openid, message)',
    "await tellSend(ports, chunk, person, sending, { kind: 'sent', messageId: null })\n  const answer = await ports.messenger.send(person.openid, message)",
  ),
]

/** A fault that a simulation worth its name finds: a small change of the product's text, found exactly once. */
export interface PlantedBug {
  says: string
  file: string
  find: string
  replace: string
}

const gate = (file: string, says: string, find: string, replace: string): PlantedBug => ({
  says,
  file: `functions/gate/${file}.ts`,
  find,
  replace,
})
const store = (file: string, says: string, find: string, replace: string): PlantedBug => ({
  says,
  file: `functions/store/${file}.ts`,
  find,
  replace,
})
const verification = (file: string, says: string, find: string, replace: string): PlantedBug => ({
  says,
  file: `functions/verification/${file}.ts`,
  find,
  replace,
})

const OF_THE_GATE_ITEM: readonly PlantedBug[] = [
  store(
    'gate-store',
    'two take one lease',
    'now: number): UpdateParts {\n  return joined(\n    turn',
    'now: number): UpdateParts {\n  if (now > 0) return {}\n  return joined(\n    turn',
  ),
  store(
    'gate-store',
    'a lease is given back without its fence',
    "condition: ['leaseFence = :fence'], values",
    "condition: ['(leaseFence = :fence OR attribute_exists(pk))'], values",
  ),
  store('gate-store', 'the tries are left to the TTL', 'KEPT_MS = 2 * 24 * 3600 * 1000', 'KEPT_MS = 60 * 1000'),
  gate(
    'budget',
    'a try that was not needed is kept',
    "'no') return changed(budget, spender, -1)",
    "'no') return budget",
  ),
  gate('budget', 'a try that may have been counted is given back', "said.counted === 'no'", "said.counted !== 'yes'"),
  gate(
    'budget',
    'robots spend the last tries',
    '|| used + 1 > TRIES_PER_DAY - LEFT_TO_PEOPLE ?',
    '|| used + 1 > TRIES_PER_DAY ?',
  ),
  gate('budget', 'a person has four tries', '>= TRIES_PER_PERSON ?', '> TRIES_PER_PERSON ?'),
  gate(
    'budget',
    'the day of the tries is one of UTC',
    'now: number): string {\n  const today = shanghaiDay(now)',
    'now: number): string {\n  const today = shanghaiDay(now - 8 * 3_600_000)',
  ),
  gate(
    'budget',
    "the provider's own limit is forgotten",
    'if (said.dailyLimit) return closedDay(',
    'if (now < 0) return closedDay(',
  ),
]

const OF_THE_CALLS: readonly PlantedBug[] = [
  gate('lost-answer', 'a lost answer is asked again at once', 'RECHECK_AFTER_MS = 30_000', 'RECHECK_AFTER_MS = 1000'),
  gate(
    'next-step',
    'an answer to another kind is taken',
    "answer.outcome === 'consistent' || answer.askedKind === kind",
    'kind.length > 0',
  ),
  gate(
    'next-step',
    'a fresh answer is bought again',
    'return now - answer.checkedAt < reusableFor(answer, asker.asked)',
    'return reusableFor(answer, asker.asked) < 0',
  ),
  gate(
    'provider-round',
    'another provider is asked after a lost answer',
    "if (charged !== 'no' || counted !== 'no') return false\n  return retry",
    "return retry === 'delayed' || retry",
  ),
  gate(
    'provider-round',
    'a call does not wait for its place',
    'if (pause <= 0) return admitted',
    'if (pause <= 60_000) return admitted',
  ),
  gate(
    'second-opinion',
    'a second opinion spends nothing',
    '=== null ? spent(budget, spender) : null',
    '=== null ? budget : null',
  ),
  gate(
    'ask-providers',
    'silence replaces a finding',
    "finding.outcome === 'could_not_check' ? asideSlot(questionKey) : questionKey",
    'questionKey',
  ),
]

const OF_THE_METER: readonly PlantedBug[] = [
  gate('admission-rule', 'calls go out one and a half times as fast', 'SHARE_OF_LIMIT = 0.99', 'SHARE_OF_LIMIT = 1.5'),
  gate('admission-rule', 'a pause is no pause', 'pause.until > now || count > 1', 'count > 1000'),
  gate(
    'admission',
    'what may have been charged is given back',
    'fen: provider.priceFen, as: said.charged }',
    "fen: provider.priceFen, as: 'no' }",
  ),
  store(
    'meter-store',
    'two probe at once',
    "condition: ['#until = :seenUntil']",
    "condition: ['(#until = :seenUntil OR #until <> :seenUntil)']",
  ),
  store('meter-store', 'nothing is reserved', "':price': priceFen * count", "':price': 0 * count"),
  store('meter-store', 'what was free is not given back', "values: { ':back': -charged.fen", "values: { ':back': 0"),
  store('person-spend-store', 'a person may pay once more than allowed', 'calls < :cap', 'calls <= :cap'),
]

const OF_THE_RECORD: readonly PlantedBug[] = [
  store(
    'record-store',
    'what is done is done again',
    "'#state = :pending AND",
    "'(#state = :pending OR #state <> :pending) AND",
  ),
  store(
    'record-store',
    'two workers take up one check',
    'AND deadline = :seen`',
    'AND (deadline = :seen OR deadline <> :seen)`',
  ),
  store(
    'record-item',
    'nobody finds a check that waits',
    "return state === 'pending' ? deadline :",
    "return state === 'pending' && deadline === 0 ? deadline :",
  ),
  verification(
    'take-up',
    'the index is believed',
    'if (seen > now + EARLY_MS) return null',
    'if (seen > now + 3_600_000) return null',
  ),
  verification(
    'take-up',
    'a repetition has no id of its own',
    'id: followUpId(ports.hash, userId, old.id)',
    'id: followUpId(ports.hash, userId, old.id + attemptName(ports))',
  ),
  verification(
    'settle',
    'a read ends a check with what was known before it',
    'answer.checkedAt >= (anew === true ? since + 1 : since)',
    'answer.checkedAt > 0',
  ),
  verification('question', 'two amounts are one question', "issueDate, amount ?? ''", "issueDate, ''"),
]

const OF_THE_OUTAGE: readonly PlantedBug[] = [
  verification(
    'after-recovery',
    'a check does not wait for the end of an outage',
    'return recovery && { ...record, recovery, deadline:',
    'return null && { ...record, recovery, deadline:',
  ),
  verification('tell-person', 'nobody is told of what ended by itself', 'isOwn || isLeft ?', 'isLeft ?'),
  verification(
    'tell-person',
    'a telling that the queue refused is taken for told',
    'return null\n  } catch {',
    'return null\n  } catch {\n    await ports.records.dropTelling(record).catch(() => undefined)',
  ),
  store('record-item', 'nobody finds a telling that was forgotten', '(tellAt ?? followUpAt)', '(followUpAt)'),
]

/** At least fifteen, each found within 50 seeds. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...OF_THE_GATE_ITEM,
  ...OF_THE_CALLS,
  ...OF_THE_METER,
  ...OF_THE_RECORD,
  ...OF_THE_OUTAGE,
]

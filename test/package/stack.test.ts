import { describeLeastPrivilege } from './describe-least-privilege'
import { describeTemplate } from './describe-template'
import { describeUsedCalls } from './describe-used-calls'
import { type PackagedStack, packageStack } from './packaged-stack'

const STAGES = ['dev', 'prod'] as const
const stacks = new Map<string, PackagedStack>()

beforeAll(() => {
  for (const stage of STAGES) stacks.set(stage, packageStack(stage))
}, 120_000)
afterAll(() => {
  for (const stack of stacks.values()) stack.remove()
})

function stackOf(stage: string): PackagedStack {
  const stack = stacks.get(stage)
  if (stack === undefined) throw new Error(`${stage} was not packaged`)
  return stack
}

describe.each(STAGES)('the cloud stack of %s', stage => {
  describe('its template', () => describeTemplate(stage, () => stackOf(stage)))
  describe('its roles', () => describeLeastPrivilege(stage, () => stackOf(stage)))
})

describe('what the functions ask of the table', () => describeUsedCalls(() => stackOf('prod')))

it('packages the same code into the same zips for every stage', () => {
  expect(stackOf('dev').zips).toEqual(stackOf('prod').zips)
})

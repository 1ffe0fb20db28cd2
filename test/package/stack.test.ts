import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describeAlarms } from './describe-alarms'
import { describeLeastPrivilege } from './describe-least-privilege'
import { describePackagedRun } from './describe-packaged-run'
import { describeSettings } from './describe-settings'
import { describeTemplate } from './describe-template'
import { describeUsedCalls } from './describe-used-calls'
import { describeWork } from './describe-work'
import { filesOf } from './loaded-files'
import { FUNCTIONS, type PackagedStack, packageStack } from './packaged-stack'
import { readZip } from './read-zip'

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
  describe('its settings', () => describeSettings(stage, () => stackOf(stage)))
  describe('its work', () => describeWork(() => stackOf(stage)))
  describe('its alarms', () => describeAlarms(stage, () => stackOf(stage)))
  describe('its roles', () => describeLeastPrivilege(stage, () => stackOf(stage)))
})

describe('what the functions ask of the table', () => describeUsedCalls(() => stackOf('prod')))

describe('its functions, run from their zips', () => describePackagedRun(() => stackOf('prod')))

it('packages the same code into the same zips for every stage', () => {
  for (const name of FUNCTIONS) {
    const [dev, prod] = STAGES.map(stage => readFileSync(stackOf(stage).zipOf(name)))
    expect(dev?.equals(prod ?? Buffer.alloc(0))).toBe(true)
  }
})

it.each(FUNCTIONS)('packs the whole bundle of %s and nothing else', name => {
  const bundle = filesOf(path.join(__dirname, '../../dist/functions'), name).map(file => `dist/functions/${file}`)
  expect([...readZip(stackOf('dev').zipOf(name)).keys()].sort()).toEqual(bundle.sort())
})

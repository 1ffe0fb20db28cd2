import type { Occasion } from '@shared/notice/notice'
import { concernsTelling } from '../../../functions/notices/concerns-telling'
import type { StoredNotice } from '../../../functions/notices/ports'
import { phase, plan } from '../notice/written'

const NOW = Date.UTC(2026, 10, 28)
const inRegion = (code: string) => [phase(NOW, NOW + 3_600_000, { regions: [code] })]
const reader = (code: string) => ({ components: ['verification' as const], regions: [code] })

/** Told of region 31, then moved to region 11, with a change of words in between. */
const moved = {
  ...plan(inRegion('11')),
  version: 3,
  tellVersion: 3,
  versions: [
    { version: 2, at: NOW, title: '', summary: '', phases: inRegion('31') },
    { version: 1, at: NOW, title: '', summary: '', phases: inRegion('31') },
  ],
  claims: { '1.published': { waveId: 'w', at: NOW }, '3.changed': { waveId: 'w2', at: NOW } },
} as unknown as StoredNotice

const isFor = (code: string, tellVersion: number, occasion: Occasion) =>
  concernsTelling(moved, { tellVersion, occasion }, reader(code))

test('who loses the window is told of the change as well as who gets it', () => {
  expect([isFor('31', 3, 'changed'), isFor('11', 3, 'changed'), isFor('44', 3, 'changed')]).toEqual([true, true, false])
  expect([isFor('31', 3, 'started'), isFor('11', 3, 'started')]).toEqual([false, true])
})

test('what was told before stays with those whom it was told to', () => {
  expect([isFor('31', 1, 'published'), isFor('11', 1, 'published')]).toEqual([true, false])
})

test('a wording that is not kept any more is judged by the present one', () => {
  const bare = { ...moved, versions: [] }
  expect(concernsTelling(bare, { tellVersion: 1, occasion: 'published' }, reader('11'))).toBe(true)
})

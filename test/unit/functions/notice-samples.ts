import type { Notice, Phase } from '@shared/notice/notice'
import { HOUR, NOW } from './gate-samples'

/** A window from an hour ago for ten hours in which nobody can check. */
export const samplePhase = (changes: Partial<Phase> = {}): Phase => ({
  startsAt: NOW - HOUR,
  endsAt: NOW + 9 * HOUR,
  components: ['verification'],
  regions: [],
  impact: 'down',
  workaround: null,
  channels: [],
  ...changes,
})

/** A public maintenance that is on. */
export const sampleNotice = (phases: Phase[] = [samplePhase()], changes: Partial<Notice> = {}): Notice => ({
  id: 'ntc_1',
  version: 1,
  type: 'maintenance',
  state: 'in_progress',
  title: '查验平台升级',
  summary: '',
  phases,
  eta: null,
  etaHistory: [],
  source: '',
  sourceUrl: null,
  confidence: 'confirmed',
  updates: [],
  review: null,
  createdAt: NOW - 2 * HOUR,
  publishedAt: NOW - 2 * HOUR,
  changedAt: NOW - 2 * HOUR,
  tellVersion: 1,
  endedAt: null,
  ...changes,
})

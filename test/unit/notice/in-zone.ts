import { noticeCopyFor } from '../../../shared/copy/notice-copy'
import { bannerText } from '../../../shared/copy/notice-copy-banner'
import { instantOf, shanghaiClock, shanghaiInstant } from '../../../shared/notice/instant'
import type { Notice } from '../../../shared/notice/notice'
import { endOfQuiet, isQuiet } from '../../../shared/notice/quiet-hours'
import { explainsLateUpload } from '../../../shared/notice/relevance'
import { showWindow } from '../../../shared/notice/show-window'

const startsAt = shanghaiInstant('2026-11-28 18:00') ?? 0
const endsAt = instantOf('2026-11-29T08:00:00+08:00') ?? 0
const notice: Notice = {
  id: 'ntc_1',
  version: 1,
  type: 'maintenance',
  state: 'scheduled',
  title: '维护',
  summary: '',
  phases: [
    { startsAt, endsAt, components: ['verification'], regions: [], impact: 'down', workaround: null, channels: [] },
  ],
  eta: null,
  etaHistory: [],
  source: '',
  sourceUrl: null,
  confidence: 'confirmed',
  updates: [],
  review: null,
  createdAt: startsAt - 1,
  publishedAt: startsAt - 1,
  changedAt: startsAt - 1,
  tellVersion: 1,
  endedAt: null,
}

/** What notices look like and how they are judged under the TZ of the process; `here` is the hour that the device shows. */
export function seenInZone() {
  return {
    here: new Date(startsAt).getHours(),
    seen: {
      startsAt,
      endsAt,
      window: showWindow(startsAt, endsAt, noticeCopyFor('zh-CN').time),
      banner: bannerText(notice, startsAt - 3_600_000, 'zh-CN'),
      clock: shanghaiClock(startsAt),
      quiet: [isQuiet(startsAt), isQuiet(startsAt + 4 * 3_600_000), endOfQuiet(startsAt + 5 * 3_600_000)],
      explained: ['2026-11-27', '2026-11-28', '2026-12-01', '2026-12-02'].map(day =>
        explainsLateUpload(notice, day, endsAt + 1),
      ),
    },
  }
}

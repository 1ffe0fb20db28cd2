import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Tap } from './base/tap'

interface FeedCardProps<F extends string> {
  feeds: readonly F[]
  copy: PageCopy
  onCopy(feed: F): void
}

/** Addresses for other programs: they follow by themselves. */
export function FeedCard<F extends keyof PageCopy['ui']['status']['feed']>({ feeds, copy, onCopy }: FeedCardProps<F>) {
  const words = copy.ui.status
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {words.feeds}
      </Box>
      <Box className="card-note">{words.feedsNote}</Box>
      <Box className="steps-more">
        {feeds.map(feed => (
          <Tap
            key={feed}
            className="button button-soft"
            label={`${words.copy} ${words.feed[feed]}`}
            onTap={() => onCopy(feed)}
          >
            {words.feed[feed]}
          </Tap>
        ))}
      </Box>
    </Box>
  )
}

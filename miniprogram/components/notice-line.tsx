import { Box } from './base/box'

/** One line of news about what was just done; an empty one keeps its place in the tree. */
export function NoticeLine({ tone, text }: { tone: 'good' | 'wait' | 'bad' | 'info'; text: string }) {
  return (
    <Box className={text ? `notice notice-${tone}` : 'gone'} role="status" live="polite">
      {text}
    </Box>
  )
}

import { fill } from '@shared/copy/copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { AUTHORING } from '@shared/copy/notice-server-copy-shape'
import type { DeskRow } from '../hooks/desk-state'
import { Box } from './base/box'
import { Tap } from './base/tap'
import type { DeskPartProps } from './desk-words'
import { timeText } from './notice-words'

interface DeskListProps extends DeskPartProps {
  onStart(template: (typeof AUTHORING)[number] | null): void
}

function subOf(row: DeskRow, { words, names, locale, nowMs }: DeskPartProps): string {
  const time = (iso: string) => timeText(iso, nowMs, locale)
  const state = row.publishedAt
    ? names.state[row.state]
    : row.publishAt
      ? fill(words.waits, { time: time(row.publishAt) })
      : words.draft
  return [names.type[row.type], state, fill(words.origin, { origin: row.origin }), time(row.createdAt)].join(' · ')
}

function Rows({ title, rows, ...part }: DeskPartProps & { title: string; rows: readonly DeskRow[] }) {
  return (
    <Box className={rows.length > 0 ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {title}
      </Box>
      {rows.map(row => (
        <Tap key={row.id} className="notice-row" onTap={() => part.desk.show(row.id)}>
          <Box className="notice-row-title">{row.title}</Box>
          <Box className="card-note">{subOf(row, part)}</Box>
        </Tap>
      ))}
    </Box>
  )
}

/** What stands on the desk: drafts and proposals first, then what is public; and the ways to begin. */
export function DeskList(props: DeskListProps) {
  const { desk, words, locale, onStart } = props
  const templates = noticeServerCopyFor(locale).authoring
  return (
    <Box className="slot">
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.create}
        </Box>
        <Box className="card-note">{words.from}</Box>
        <Box className="steps-more">
          {AUTHORING.map(name => (
            <Tap key={name} className="button button-soft" onTap={() => onStart(name)}>
              {templates[name].name}
            </Tap>
          ))}
          <Tap className="button button-soft" onTap={() => onStart(null)}>
            {words.blank}
          </Tap>
        </Box>
      </Box>
      <Rows {...props} title={words.drafts} rows={desk.items.filter(({ publishedAt }) => publishedAt === null)} />
      <Rows {...props} title={words.published} rows={desk.items.filter(({ publishedAt }) => publishedAt !== null)} />
      <Box className={desk.items.length === 0 && !desk.isReading ? 'foot' : 'gone'}>{words.none}</Box>
      <Tap className={desk.cursor === null ? 'gone' : 'button button-soft'} onTap={desk.more}>
        {words.more}
      </Tap>
    </Box>
  )
}

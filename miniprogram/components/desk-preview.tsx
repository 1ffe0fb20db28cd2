import type { DeskState } from '../hooks/desk-state'
import { Box } from './base/box'
import type { DeskPartProps } from './desk-words'
import { NoticeCard } from './notice-card'

/** What readers are going to see, before anything is public. */
export function DeskPreview(props: DeskPartProps & { preview: NonNullable<DeskState['preview']> }) {
  const { preview, words, names, nowMs, locale, copy } = props
  return (
    <Box className="slot">
      <NoticeCard notice={preview.notice} nowMs={nowMs} locale={locale} copy={copy} />
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.banner}
        </Box>
        <Box className="card-line">{preview.banner}</Box>
      </Box>
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.messages}
        </Box>
        {preview.messages.map(({ occasion, template, fields }) => (
          <Box key={occasion} className="stop">
            <Box className="stop-title">{`${names.occasion[occasion]} · ${template}`}</Box>
            {Object.entries(fields).map(([name, value]) => (
              <Box key={name} className="card-note">
                {`${name} ${value}`}
              </Box>
            ))}
          </Box>
        ))}
      </Box>
      <Box className="card">
        <Box className="card-title" role="heading">
          {words.calendar}
        </Box>
        <Box className="review card-note">{preview.calendar}</Box>
      </Box>
    </Box>
  )
}

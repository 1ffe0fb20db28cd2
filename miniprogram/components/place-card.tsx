import type { Place } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { OutLink } from './base/out-link'
import { Tap } from './base/tap'
import { Words } from './base/words'

interface PlaceCardProps {
  place: Place
  copy: PageCopy
  onCopy(text: string): void
}

/** All known fields as lines of text, in the order of the other place's form. */
export function placeText({ fields }: Place): string {
  return fields.flatMap(({ label, value }) => (value === null ? [] : [`${label}: ${value}`])).join('\n')
}

/** Where this paper is checked, and what to type there, each ready to copy. */
export function PlaceCard({ place, copy, onCopy }: PlaceCardProps) {
  const words = copy.ui.result
  const { name, note, url, fields } = place
  return (
    <Box className="card facts">
      <Box className="card-note">{words.elsewhere}</Box>
      <Box className="card-title" role="heading">
        {name}
      </Box>
      <Box className={note ? 'place-note' : 'gone'}>{note}</Box>
      <Box className={url ? 'place-link' : 'gone'}>
        <Words className="place-url">{url ?? ''}</Words>
        <Box className="steps-more">
          {url ? <OutLink url={url} text={words.openLink} /> : null}
          <Tap className="button button-soft" onTap={() => onCopy(url ?? '')}>
            {words.copyLink}
          </Tap>
        </Box>
      </Box>
      {fields.map(({ field, label, value }) => (
        <Box key={field} className="fact place-field">
          <Box className="place-words">
            <Box className="fact-label">{label}</Box>
            <Words className={value === null ? 'place-blank' : 'place-value'}>{value ?? words.fillIn}</Words>
          </Box>
          {value === null ? null : (
            <Tap className="link" label={`${words.copy} ${label}`} onTap={() => onCopy(value)}>
              {words.copy}
            </Tap>
          )}
        </Box>
      ))}
    </Box>
  )
}

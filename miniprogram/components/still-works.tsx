import type { Channel } from '@shared/contract/notice'
import { fill } from '@shared/copy/copy'
import { COMPONENT_GROUPS } from '@shared/notice/notice'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { componentName, namesOf } from './notice-words'
import type { NoticePartProps } from './phase-line'

type Way = Exclude<Channel, string>

function waysOf({ notice }: NoticePartProps): Way[] {
  const ways = notice.phases.flatMap(({ channels }) =>
    channels.map(way => (typeof way === 'string' ? { name: way } : way)),
  )
  return ways.filter((way, at) => ways.findIndex(({ name }) => name === way.name) === at)
}

/** What of the tax side goes on, when a part of it does not. */
function unaffected({ notice }: NoticePartProps): string[] {
  const hit = notice.phases.flatMap(({ components }) => components)
  const tax: readonly string[] = COMPONENT_GROUPS.tax
  return tax.some(name => hit.includes(name)) ? tax.filter(name => !hit.includes(name)) : []
}

/** What to do meanwhile: the way round, ways that still work with what to take along, and what is not touched. */
export function StillWorks(props: NoticePartProps & { onCopy(text: string): void }) {
  const { notice, locale, copy, words, onCopy } = props
  const ways = waysOf(props)
  const rounds = [...new Set(notice.phases.flatMap(({ workaround }) => workaround ?? []))]
  const spared = namesOf(unaffected(props), code => componentName(code, locale), copy)
  const isEmpty = ways.length + rounds.length === 0 && spared === ''
  return (
    <Box className={isEmpty ? 'gone' : 'card facts'}>
      <Box className="card-title" role="heading">
        {words.works}
      </Box>
      {rounds.map(text => (
        <Box key={text} className="fact-round">
          {text}
        </Box>
      ))}
      {ways.map(({ name, note, copy: text }) => (
        <Box key={name} className="fact place-field">
          <Box className="place-words">
            <Box>{name}</Box>
            <Box className={note ? 'card-note' : 'gone'}>{note ?? ''}</Box>
            <Box className={text && text !== name ? 'place-value' : 'gone'}>{text ?? ''}</Box>
          </Box>
          <Tap className="link" label={`${words.copy} ${name}`} onTap={() => onCopy(text ?? name)}>
            {words.copy}
          </Tap>
        </Box>
      ))}
      <Box className={spared ? 'card-line' : 'gone'}>{fill(words.unaffected, { names: spared })}</Box>
    </Box>
  )
}

import type { OperatorNotice } from '@shared/contract/operator-notice'
import { fill } from '@shared/copy/copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { UPDATES } from '@shared/copy/notice-server-copy-shape'
import { isOver, movesFrom } from '@shared/notice/lifecycle'
import { useState } from 'react'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { DeskField } from './desk-field'
import type { DeskPartProps } from './desk-words'

/** On to another state, a later end, or a review: with what readers are told. */
export function DeskMoves({ desk, words, names, locale, open }: DeskPartProps & { open: OperatorNotice }) {
  const { type, state } = open.notice
  const [text, setText] = useState('')
  const [until, setUntil] = useState('')
  const [review, setReview] = useState(open.notice.review ?? '')
  const sayings = noticeServerCopyFor(locale).updates
  const ask = (name: string) => ({ content: fill(words.ask, { state: name }), yes: words.yes, no: words.no })
  return (
    <Box className="card form">
      <Box className="card-title" role="heading">
        {words.moves}
      </Box>
      <DeskField label={words.moveText} value={text} isLong onInput={setText} />
      <Box className="card-note">{words.sayings}</Box>
      <Box className="picks">
        {UPDATES.map(name => (
          <Tap key={name} className="pick" onTap={() => setText(sayings[name].text)}>
            {sayings[name].name}
          </Tap>
        ))}
      </Box>
      <Box className="steps-more">
        {movesFrom(type, state).map(to => (
          <Tap key={to} className="button button-soft" onTap={() => desk.moves.to(to, text, ask(names.state[to]))}>
            {names.state[to]}
          </Tap>
        ))}
      </Box>
      {isOver(state) ? (
        <Box className="slot">
          <DeskField label={words.fields.review} value={review} isLong onInput={setReview} />
          <Tap className="button button-soft" onTap={() => desk.moves.review(review)}>
            {words.reviewDo}
          </Tap>
        </Box>
      ) : (
        <Box className="slot">
          <DeskField
            label={words.extend}
            value={until}
            hint={words.timeHint}
            problem={Object.values(desk.problems).join('；')}
            onInput={setUntil}
          />
          <Tap className="button button-soft" onTap={() => desk.moves.extend(until, text)}>
            {words.extendDo}
          </Tap>
        </Box>
      )}
    </Box>
  )
}

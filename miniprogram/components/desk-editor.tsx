import { CONFIDENCES, NOTICE_TYPES } from '@shared/notice/notice'
import type { DeskForm, PhaseForm } from '../hooks/desk-form'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { ChoiceRow } from './choice-row'
import { DeskField } from './desk-field'
import { DeskPhase } from './desk-phase'
import { DeskPreview } from './desk-preview'
import type { DeskPartProps } from './desk-words'
import { NoticeLine } from './notice-line'

type DeskEditorProps = DeskPartProps & { form: DeskForm }

/** A notice as it is written: what it says, its windows, and what becomes of it. */
export function DeskEditor(props: DeskEditorProps) {
  const { desk, words, form } = props
  const set = (change: Partial<DeskForm>) => desk.write({ ...form, ...change })
  const setPhase = (at: number, change: Partial<PhaseForm>) =>
    set({ phases: form.phases.map((phase, index) => (index === at ? { ...phase, ...change } : phase)) })
  const hasProblems = Object.keys(desk.problems).length > 0
  return (
    <Box className="slot">
      <Content {...props} set={set} />
      {form.phases.map((phase, at) => (
        <DeskPhase
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no name but their place.
          key={at}
          {...props}
          phase={phase}
          at={at}
          onChange={change => setPhase(at, change)}
          onDrop={() => set({ phases: form.phases.filter((_, index) => index !== at) })}
        />
      ))}
      <Tap className="button button-soft" onTap={() => set({ phases: [...form.phases, desk.emptyPhase] })}>
        {words.addPhase}
      </Tap>
      <Saving {...props} set={set} />
      <NoticeLine tone="bad" text={hasProblems ? `${words.problems}：${otherProblems(props)}` : ''} />
      {desk.preview ? <DeskPreview {...props} preview={desk.preview} /> : null}
    </Box>
  )
}

/** Refusals that stand beside no box. */
function otherProblems({ desk }: DeskEditorProps): string {
  return Object.entries(desk.problems)
    .map(([field, reason]) => `${field} ${reason}`)
    .join('；')
}

type PartProps = DeskEditorProps & { set(change: Partial<DeskForm>): void }

function Content({ form, set, desk, words, names }: PartProps) {
  const labels = words.fields
  const { problems } = desk
  return (
    <Box className="card form">
      <ChoiceRow
        label={labels.type}
        chosen={form.type}
        options={NOTICE_TYPES.filter(value => form.id === null || value === form.type).map(value => ({
          value,
          text: names.type[value],
        }))}
        onChoose={type => set({ type })}
      />
      <DeskField label={labels.title} value={form.title} problem={problems.title} onInput={title => set({ title })} />
      <DeskField
        label={labels.summary}
        value={form.summary}
        isLong
        problem={problems.summary}
        onInput={summary => set({ summary })}
      />
      <DeskField
        label={labels.source}
        value={form.source}
        problem={problems.source}
        onInput={source => set({ source })}
      />
      <DeskField
        label={labels.sourceUrl}
        value={form.sourceUrl}
        problem={problems.sourceUrl}
        onInput={sourceUrl => set({ sourceUrl })}
      />
      <ChoiceRow
        label={labels.confidence}
        chosen={form.confidence}
        options={CONFIDENCES.map(value => ({ value, text: names.confidence[value] }))}
        onChoose={confidence => set({ confidence })}
      />
      {form.type === 'incident' ? (
        <DeskField
          label={labels.eta}
          value={form.eta}
          hint={words.timeHint}
          problem={problems.eta}
          onInput={eta => set({ eta })}
        />
      ) : null}
    </Box>
  )
}

function Saving({ form, set, desk, words }: PartProps) {
  const labels = words.fields
  return (
    <Box className="card form">
      {form.isPublic ? (
        <DeskField label={labels.text} value={form.text} isLong onInput={text => set({ text })} />
      ) : (
        <DeskField
          label={labels.publishAt}
          value={form.publishAt}
          hint={words.timeHint}
          problem={desk.problems.publishAt}
          onInput={publishAt => set({ publishAt })}
        />
      )}
      <Box className="steps">
        <Tap className="button button-main" onTap={() => desk.save(false)}>
          {form.isPublic ? words.save : form.publishAt ? words.publishLater : words.publish}
        </Tap>
        <Box className="steps-more">
          <Tap className="button button-soft" onTap={desk.showPreview}>
            {words.preview}
          </Tap>
          <Tap className={form.isPublic ? 'gone' : 'button button-soft'} onTap={() => desk.save(true)}>
            {words.saveDraft}
          </Tap>
        </Box>
      </Box>
    </Box>
  )
}

import { fill } from '@shared/copy/copy'
import { REGIONS } from '@shared/invoice/region'
import { COMPONENTS, IMPACTS } from '@shared/notice/notice'
import type { PhaseForm } from '../hooks/desk-form'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { ChoiceRow } from './choice-row'
import { DeskField } from './desk-field'
import type { DeskPartProps } from './desk-words'
import { regionName } from './notice-words'
import { PickList } from './pick-list'

interface DeskPhaseProps extends DeskPartProps {
  phase: PhaseForm
  at: number
  onChange(change: Partial<PhaseForm>): void
  onDrop(): void
}

function toggled(list: readonly string[], code: string): string[] {
  return list.includes(code) ? list.filter(one => one !== code) : [...list, code]
}

/** One window of a notice. */
export function DeskPhase({ phase, at, onChange, onDrop, desk, words, names, copy }: DeskPhaseProps) {
  const labels = words.phases
  const problem = (field: string) => desk.problems[`phases.${at}.${field}`]
  return (
    <Box className="card form">
      <Box className="card-top">
        <Box className="card-title" role="heading">
          {fill(words.phase, { n: at + 1 })}
        </Box>
        <Tap className="link link-bad" onTap={onDrop}>
          {words.dropPhase}
        </Tap>
      </Box>
      <DeskField
        label={labels.startsAt}
        value={phase.startsAt}
        hint={words.timeHint}
        problem={problem('startsAt')}
        onInput={startsAt => onChange({ startsAt })}
      />
      <DeskField
        label={labels.endsAt}
        value={phase.endsAt}
        hint={words.timeHint}
        problem={problem('endsAt')}
        onInput={endsAt => onChange({ endsAt })}
      />
      <ChoiceRow
        label={labels.impact}
        chosen={phase.impact}
        options={IMPACTS.map(value => ({ value, text: names.impact[value] }))}
        onChoose={impact => onChange({ impact })}
      />
      <PickList
        title={labels.components}
        picks={COMPONENTS.map(code => ({ code, name: names.component[code] }))}
        chosen={phase.components}
        onToggle={code => onChange({ components: toggled(phase.components, code) })}
      />
      <PickList
        title={labels.regions}
        picks={REGIONS.map(({ code }) => ({ code, name: regionName(code, copy) }))}
        chosen={phase.regions}
        onToggle={code => onChange({ regions: toggled(phase.regions, code) })}
      />
      <DeskField
        label={labels.workaround}
        value={phase.workaround}
        problem={problem('workaround')}
        onInput={workaround => onChange({ workaround })}
      />
      <DeskField
        label={labels.channels}
        value={phase.channels}
        isLong
        problem={problem('channels')}
        onInput={channels => onChange({ channels })}
      />
    </Box>
  )
}

import {
  AGREE_BUTTON_ID,
  GATED_CALLS,
  onPrivacyQuestion,
  openPrivacyContract,
  type PrivacyQuestion,
} from '../platform/privacy'
import { createStore, useStore } from './store'

const question = createStore<PrivacyQuestion | null>(null)

/** WeChat's question goes to whichever page is open. Called when the app starts. */
export function startPrivacy(): void {
  onPrivacyQuestion(asked => question.set(asked))
}

export interface PrivacySheetState {
  /** Which text of `copy.ui.gated` the question is about, and the name of the guide; null when nothing is asked. */
  question: { text: (typeof GATED_CALLS)[keyof typeof GATED_CALLS]['text']; contractName: string } | null
  agreeButtonId: string
  answer(agreed: boolean): void
  read(): void
}

export function usePrivacyQuestion(): PrivacySheetState {
  const asked = useStore(question)
  return {
    question: asked && { text: GATED_CALLS[asked.call].text, contractName: asked.contractName },
    agreeButtonId: AGREE_BUTTON_ID,
    answer(agreed) {
      asked?.answer(agreed)
      question.set(null)
    },
    read: openPrivacyContract,
  }
}

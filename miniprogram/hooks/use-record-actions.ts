import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { deleteVerification } from '../api/verification'
import { writeClipboard } from '../platform/clipboard'
import { confirm, say } from '../platform/feedback'
import { goBack, openDetail, openNotice, openTab, replaceWithResult } from '../platform/navigate'
import { startAsking } from './asking'
import { changeDraft, EMPTY_DRAFT } from './draft'
import { forgetRecord } from './kept-history'
import { serverNow } from './use-service'

/** What a person can do with an answer. */
export function useRecordActions(copy: PageCopy) {
  const words = copy.ui.result

  async function copyText(text: string) {
    const copied = await writeClipboard(text)
    say(copied.ok ? words.copied : copy.ui.gated.clipboardWrite.fallback)
  }

  return {
    copyText,
    open: openDetail,
    openNotice,
    another() {
      changeDraft(EMPTY_DRAFT)
      openTab('check')
    },
    /** Back to the form with what was asked, to change one thing. */
    edit({ asked, source }: Verification) {
      const { invoiceNumber, invoiceCode, issueDate, amount, checkCode, sellerTaxId, kind } = asked
      const fields = {
        invoiceNumber,
        invoiceCode: invoiceCode ?? '',
        issueDate,
        amount: amount ?? '',
        checkCode: checkCode ?? '',
        sellerTaxId: sellerTaxId ?? '',
      }
      changeDraft({ fields, kind: kind === 'BLOCKCHAIN' ? kind : null, qr: null, source })
      openTab('check')
    },
    recheck({ id }: Verification) {
      startAsking({ body: null, recheckOf: id }, serverNow())
      replaceWithResult()
    },
    async remove({ id }: Verification) {
      if (!(await confirm(words.deleteAsk, words.deleteYes, words.no))) return
      const result = await deleteVerification(id)
      if (!result.ok && !(result.failure.kind === 'problem' && result.failure.problem.status === 404)) {
        say(copy.ui.failed.title)
        return
      }
      forgetRecord(id)
      say(words.deleted)
      goBack()
    },
  }
}

export type RecordActions = ReturnType<typeof useRecordActions>

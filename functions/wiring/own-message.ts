import { copyFor } from '@shared/copy/copy'
import type { OwnMessage } from '../notices/ports'
import type { RecordStore } from '../verification/ports'

const TAIL = 4

/** What is said of a check that ended by itself: the end of the invoice's number and the headline, within WeChat's 20 characters. */
export function ownMessageOf(records: Pick<RecordStore, 'read'>) {
  return async (userId: string, verificationId: string): Promise<OwnMessage | null> => {
    const record = await records.read(userId, verificationId)
    if (record?.state !== 'done' || record.answer === null) return null
    const { outcome, checkedAt } = record.answer
    // A repetition may have been answered by what somebody else had asked before: it is news all the same.
    const at = Math.max(checkedAt, record.createdAt)
    const tail = record.asked.invoiceNumber.slice(-TAIL)
    const title = `尾号${tail} ${copyFor('zh-CN').outcome[outcome].headline}`
    return { id: `own_${verificationId}`, at, verificationId, outcome, title }
  }
}

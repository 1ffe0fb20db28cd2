import type { FieldProblem, FieldReason } from '@shared/invoice/hint'
import { instantOf } from '@shared/notice/instant'
import { ServiceError } from '../errors'

/** Collects what is wrong with a body, so that its author hears of everything at once. */
export class BodyProblems {
  readonly #fields: FieldProblem[] = []

  add(field: string, reason: FieldReason): void {
    this.#fields.push({ field, reason })
  }

  /** An instant of the calendar, ms; of another text the problem is noted and the time is 0. */
  instant(field: string, text: string): number {
    const at = instantOf(text)
    if (at === null) this.add(field, 'instant_not_real')
    return at ?? 0
  }

  /** As `instant`; nothing stays nothing. */
  instantOrNull(field: string, text: string | null | undefined): number | null {
    return text === null || text === undefined ? null : this.instant(field, text)
  }

  has(field: string): boolean {
    return this.#fields.some(problem => problem.field === field)
  }

  /** @throws ServiceError INVALID_FIELDS when anything was noted */
  end(): void {
    if (this.#fields.length > 0) throw new ServiceError('INVALID_FIELDS', { fields: this.#fields })
  }
}

/** Control characters and halves of characters; a line break is one of them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs} ]+/gu
const UNPRINTABLE_IN_LINE = /[^\P{Cc}\n]|\p{Cs}/gu

/** One line. */
export const cleanLine = (text: string) => text.replace(UNPRINTABLE, ' ').trim()

/** Lines. */
export const cleanText = (text: string) => text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE_IN_LINE, '').trim()

import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'

/** A provider's name in the person's language; one that this version does not know as it is. */
export function providerName(name: string, copy: PageCopy): string {
  const names: Record<string, string> = copy.ui.result.provider
  return names[name] ?? name
}

/** Everybody who answered, in the order of asking. */
export function providerNames({ opinions, provider }: Verification, copy: PageCopy): string {
  const asked = opinions.length > 0 ? opinions.map(opinion => opinion.provider) : provider ? [provider.name] : []
  return asked.map(name => providerName(name, copy)).join(copy.ui.result.and)
}

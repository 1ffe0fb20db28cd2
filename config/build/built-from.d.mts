export function sourcesHash(root: string, env?: Readonly<Record<string, string | undefined>>): string
export function markOf(folder: string): string | null
export function leaveMark(folder: string, hash: string): void

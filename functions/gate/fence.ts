/** Name of one lease. It begins with the id of the record that takes it, so that the record knows its own answer again. */
export function newFence(id: string, { random }: { random(bytes: number): Uint8Array }): string {
  return `${id}.${Buffer.from(random(9)).toString('base64url')}`
}

export const isFenceOf = (fence: string, id: string): boolean => fence.startsWith(`${id}.`)

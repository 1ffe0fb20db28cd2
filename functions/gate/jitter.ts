/** 0–1, so that what falls due together is not done together. */
export const jitterOf = ({ random }: { random(bytes: number): Uint8Array }): number => (random(1)[0] ?? 0) / 255

/** `camera`: this platform has no scanner of its own; the page shows the camera (platform/picture.ts). */
export type Scan = { ok: true; text: string } | { ok: false; reason: 'cancelled' | 'failed' | 'camera' }

export async function scan(): Promise<Scan> {
  return { ok: false, reason: 'camera' }
}

import type { CameraSession, Picked } from './picture'

export const CAN_PICK_PICTURE = false

export async function pickPicture(_onReading: () => void): Promise<Picked> {
  return { ok: false, reason: 'cancelled' }
}

export async function watchCamera(_video: unknown, _onText: (text: string) => void): Promise<CameraSession> {
  throw new Error('weapp scans with wx.scanCode')
}

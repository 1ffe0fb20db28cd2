/** What WeChat said for each template (`accept`, `reject`, `ban`, `filter`, `acceptWithAudio`), or the number of its error. */
export type Asked = { ok: true; answers: Readonly<Record<string, string>> } | { ok: false; code: number }

/** H5 has no messages: inbox, calendar and feeds are all there is. In weapp: `subscribe.weapp.ts`. */
export const CAN_MESSAGE = false

export async function askForMessages(_templateIds: readonly string[]): Promise<Asked> {
  return { ok: false, code: 0 }
}

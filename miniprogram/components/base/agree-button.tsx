/** H5 has no consent of WeChat to ask for. */
export function AgreeButton(_props: { id: string; text: string; onAgree: () => void }) {
  return null
}

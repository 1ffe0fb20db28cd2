import type { OutLinkProps } from './props'

/** A page of somebody else, in a tab of its own that learns nothing of this one. Weapp opens none: `out-link.weapp.tsx`. */
export function OutLink({ url, text }: OutLinkProps) {
  if (!/^https?:\/\//.test(url)) return null
  return (
    <a className="tap button button-soft" href={url} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}

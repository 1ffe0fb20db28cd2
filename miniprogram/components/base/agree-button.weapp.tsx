import { Button } from '@tarojs/components'

/** WeChat believes an agreement only when this kind of button was tapped. */
export function AgreeButton({ id, text, onAgree }: { id: string; text: string; onAgree: () => void }) {
  return (
    <Button
      id={id}
      className="tap button button-main"
      openType={'agreePrivacyAuthorization' as 'getPhoneNumber'}
      onClick={onAgree}
    >
      {text}
    </Button>
  )
}

import { View } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { TapProps } from './props'

export function Tap({ className, label, role = 'button', checked, disabled, onTap, children }: TapProps) {
  return (
    <View
      className={`tap ${className ?? ''}${disabled ? ' is-off' : ''}`}
      hoverClass={disabled ? 'none' : 'is-pressed'}
      {...aria({ role, label, checked, disabled })}
      onClick={disabled ? undefined : onTap}
    >
      {children}
    </View>
  )
}

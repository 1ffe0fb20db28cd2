import { View } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { BoxProps } from './props'

export function Box({ className, role, label, hidden, live, children }: BoxProps) {
  return (
    <View className={className} {...aria({ role, label, hidden, live })}>
      {children}
    </View>
  )
}

import { Text } from '@tarojs/components'
import type { BoxProps } from './props'

export function Words({ className, children }: Pick<BoxProps, 'className' | 'children'>) {
  return (
    <Text className={className} userSelect>
      {children}
    </Text>
  )
}

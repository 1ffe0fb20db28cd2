import { View } from '@tarojs/components'
import { aria } from './aria.weapp'

interface BarsProps {
  background: string
  label: string
}

/** A row of bars drawn as one element: a box for each would be 90 nodes. */
export function Bars({ background, label }: BarsProps) {
  return <View className="bars" style={`background:${background}`} {...aria({ role: 'img', label })} />
}

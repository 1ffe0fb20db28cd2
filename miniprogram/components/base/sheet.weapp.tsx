import { View } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { SheetProps } from './sheet'

export function Sheet({ title, onClose, children }: SheetProps) {
  return (
    <View className="sheet-frame">
      <View className="sheet-veil" onClick={onClose} />
      <View className="sheet" {...aria({ role: 'dialog', label: title })}>
        <View className="sheet-title" {...aria({ role: 'heading' })}>
          {title}
        </View>
        {children}
      </View>
    </View>
  )
}

import Taro from '@tarojs/taro'

/** A short word that vanishes by itself; what matters also stands on the page. */
export function say(title: string): void {
  void Taro.showToast({ title, icon: 'none', duration: 2000 })
}

/** Asks before something that cannot be undone. */
export async function confirm(content: string, yes: string, no: string): Promise<boolean> {
  const { confirm: agreed } = await Taro.showModal({ content, confirmText: yes, cancelText: no })
  return agreed
}

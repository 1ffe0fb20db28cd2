export default definePageConfig({ enablePageMeta: true, navigationBarTitleText: '订阅提醒' })

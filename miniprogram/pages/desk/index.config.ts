export default definePageConfig({ enablePageMeta: true, navigationBarTitleText: '通知编辑台' })

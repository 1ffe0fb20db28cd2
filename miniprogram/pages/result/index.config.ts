export default definePageConfig({ enablePageMeta: true, navigationBarTitleText: '查验结果' })

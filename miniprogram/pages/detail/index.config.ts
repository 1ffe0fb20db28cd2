export default definePageConfig({ enablePageMeta: true, navigationBarTitleText: '查验详情' })

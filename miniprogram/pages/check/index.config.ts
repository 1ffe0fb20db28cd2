export default definePageConfig({ enablePageMeta: true, navigationBarTitleText: '验票' })

export default definePageConfig({
  enablePageMeta: true,
  navigationBarTitleText: '查验服务状态',
  enablePullDownRefresh: true,
})

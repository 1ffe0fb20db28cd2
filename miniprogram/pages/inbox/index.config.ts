export default definePageConfig({
  enablePageMeta: true,
  navigationBarTitleText: '收件箱',
  enablePullDownRefresh: true,
  onReachBottomDistance: 400,
})

export default definePageConfig({
  enablePageMeta: true,
  navigationBarTitleText: '服务通知',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
  enableShareTimeline: true,
})

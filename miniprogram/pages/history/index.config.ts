export default definePageConfig({
  enablePageMeta: true,
  navigationBarTitleText: '查验记录',
  enablePullDownRefresh: true,
  onReachBottomDistance: 400,
  usingComponents:
    process.env.TARO_ENV === 'weapp' ? { 'native-record-list': '../../components/native/record-list/index' } : {},
})

const h5 = process.env.TARO_ENV === 'h5'

/** A colour of theme.json in weapp, a CSS variable of the tokens in H5: both follow light and dark. */
const colour = (name: string, token: string) => (h5 ? `var(--${token})` : `@${name}`)

/** Every page outside the tab bar is a package of its own below its route, so that the first download stays small. */
const packages = ['result', 'detail', 'notice', 'subscribe', 'inbox', ...(h5 ? ['desk'] : [])]
const subPackages = packages.map(name => ({ root: `pages/${name}`, pages: ['index'] }))

/** Fetched behind a tab: an answer opens at once, and also when the network is gone by then. */
const answers = { network: 'all' as const, packages: ['pages/result', 'pages/detail'] }

const notices = { network: 'all' as const, packages: ['pages/notice'] }

export default defineAppConfig({
  pages: ['pages/check/index', 'pages/history/index', 'pages/status/index', 'pages/me/index'],
  subPackages,
  preloadRule: { 'pages/check/index': answers, 'pages/history/index': answers, 'pages/status/index': notices },
  window: {
    navigationBarTitleText: '验票',
    navigationBarBackgroundColor: '@navBackground',
    navigationBarTextStyle: '@navText' as 'black',
    backgroundColor: '@background',
    backgroundTextStyle: '@pullText' as 'dark',
  },
  tabBar: {
    color: colour('tabText', 'ink2'),
    selectedColor: colour('tabSelected', 'brand'),
    backgroundColor: colour('navBackground', 'card'),
    borderStyle: '@tabBorder' as 'black',
    list: [
      {
        pagePath: 'pages/check/index',
        text: '查验',
        iconPath: 'assets/tab/check.png',
        selectedIconPath: 'assets/tab/check-on.png',
      },
      {
        pagePath: 'pages/history/index',
        text: '记录',
        iconPath: 'assets/tab/history.png',
        selectedIconPath: 'assets/tab/history-on.png',
      },
      {
        pagePath: 'pages/status/index',
        text: '状态',
        iconPath: 'assets/tab/status.png',
        selectedIconPath: 'assets/tab/status-on.png',
      },
      {
        pagePath: 'pages/me/index',
        text: '我的',
        iconPath: 'assets/tab/me.png',
        selectedIconPath: 'assets/tab/me-on.png',
      },
    ],
  },
  darkmode: true,
  themeLocation: 'theme.json',
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
  resizable: true,
  // Taro hides the page below when its animation ends, also when the person has gone back to it meanwhile: a blank screen.
  ...(h5 ? { animation: false } : {}),
})

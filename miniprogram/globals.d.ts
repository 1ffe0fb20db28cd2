/** Constants that the build puts in (config/index.ts). */
declare const API_BASE: string
declare const APP_VERSION: string
declare const ICP_NUMBER: string
/** Whether notices of policy and statements are shown in weapp, too. */
declare const NEWS_IN_WEAPP: boolean

/** Replaced by the build with the target's name; nothing else of `process` exists on a phone. */
declare const process: { env: { TARO_ENV: 'weapp' | 'h5' } }

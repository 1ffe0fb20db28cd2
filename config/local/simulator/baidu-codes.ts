import type { CodeRow } from './check-provider'

const free = (message: string): CodeRow => ({ message, charged: false })
const charged = (message: string): CodeRow => ({ message, charged: true })

/**
 * `VerifyResult` of 增值税发票验真 [upstreams reference § 2.2]. Which of them are billed is not confirmed: those that say
 * something about the invoice, as with the other two.
 */
export const BAIDU_RESULTS: Readonly<Record<string, CodeRow>> = {
  '0001': charged('查验成功发票一致'),
  '0002': free('超过该张票当天查验次数'),
  '0005': free('请求不合法'),
  '0006': charged('发票信息不一致'),
  '0009': charged('所查发票不存在'),
  '1004': free('已超过最大查验量'),
  '1005': free('查询发票不规范'),
  '1006': free('查验异常'),
  '1008': free('字段不能为空'),
  '1009': free('参数长度不正确'),
  '1014': free('日期当天的不能查验'),
  '1015': free('超过5年的不能查验'),
  '1020': free('没有查验权限'),
  '1021': free('网络超时'),
  '9999': free('查验失败'),
}

/** `error_code` of the platform, HTTP 200 [upstreams reference § 2.2]. */
export const BAIDU_PLATFORM: Readonly<Record<string, CodeRow>> = {
  '1': free('Unknown error'),
  '2': free('Service temporarily unavailable'),
  '3': free('Unsupported openapi method'),
  '4': free('Open api request limit reached'),
  '6': free('No permission to access data'),
  '14': free('IAM Certification failed'),
  '17': free('Open api daily request limit reached'),
  '18': free('Open api qps request limit reached'),
  '19': free('Open api total request limit reached'),
  '100': free('Invalid parameter'),
  '110': free('Access token invalid or no longer valid'),
  '111': free('Access token expired'),
  '216100': free('invalid param'),
  '216101': free('not enough param'),
  '216102': free('service not support'),
  '216103': free('param too long'),
  '216110': free('appid not exist'),
  '216200': free('empty image'),
  '216201': free('image format error'),
  '216202': free('image size error'),
  '216630': free('recognize error'),
  '282000': free('internal error'),
}

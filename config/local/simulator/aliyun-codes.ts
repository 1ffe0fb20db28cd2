import type { CodeRow } from './check-provider'

const free = (message: string): CodeRow => ({ message, charged: false })
const charged = (message: string): CodeRow => ({ message, charged: true })
const gateway = (status: number, message: string): GatewayRow => ({ status, message, charged: false })

interface GatewayRow extends CodeRow {
  status: number
}

/** `code` within `Data` of `VerifyVATInvoice` [upstreams reference § 3]. */
export const ALIYUN_RESULTS: Readonly<Record<string, CodeRow>> = {
  '001': charged('成功'),
  '000000': charged('成功'),
  '002': free('超过该张票当天查验次数'),
  '005': free('请求不合法'),
  '006': charged('发票信息不一致'),
  '009': charged('所查发票不存在'),
  '104': free('已超过最大查验量'),
  '105': free('查询发票不规范'),
  '106': free('查验异常'),
  '108': free('字段不能为空'),
  '109': free('参数长度不正确'),
  '110': free('InvoiceCode 格式错误'),
  '111': free('InvoiceSum 格式错误'),
  '112': free('VerifyCode 不能为空'),
  '113': free('InvoiceNo 格式错误'),
  '114': free('校验码不正确，应为后六位'),
  '115': free('服务已到期'),
  '1005': charged('请核对四要素是否符合发票规范'),
  '1010': free('InvoiceDate 格式错误'),
  '1011': free('InvoiceKind 格式错误'),
  '1021': free('网络超时，税局升级维护'),
  '10014': free('日期当天不能查验'),
  '10015': free('参数不合法'),
  '10016': free('参数不合法'),
  '10017': free('超过五年的不能查验'),
  '10018': free('参数不合法'),
  '10020': free('没有查验权限'),
  '000001': free('查询无数据'),
  '101000': free('系统异常'),
  '111000': free('参数不能为空'),
  '111001': free('参数错误'),
  '121000': free('内部异常'),
  '121001': free('数据源异常'),
  '121002': free('数据源超时'),
  '131002': free('没有接口权限'),
  '131003': free('接口调用次数过限'),
  '131004': free('接口已到期'),
  '131005': free('接口调用频率过高'),
  '152000': free('超过用户 QPS 调用阈值'),
  '171000': free('数据源无响应'),
}

/**
 * Errors of the gateway in front of every product, with their HTTP status [upstreams reference § 3;
 * help.aliyun.com/document_detail/48054.html; most statuses are believed].
 */
export const ALIYUN_GATEWAY: Readonly<Record<string, GatewayRow>> = {
  SignatureDoesNotMatch: gateway(400, 'Specified signature is not matched with our calculation.'),
  IncompleteSignature: gateway(400, 'The request signature does not conform to the standards.'),
  SignatureNonceUsed: gateway(400, 'Specified signature nonce was used already.'),
  InvalidAccessKeyId: gateway(404, 'Specified access key is not valid.'),
  'InvalidAccessKeyId.NotFound': gateway(404, 'Specified access key is not found.'),
  'InvalidAccessKeyId.Inactive': gateway(400, 'Specified access key is disabled.'),
  'InvalidTimeStamp.Expired': gateway(400, 'Specified time stamp or date value is expired.'),
  'InvalidTimeStamp.Format': gateway(400, 'Specified time stamp or date value is not well formatted.'),
  Forbidden: gateway(403, 'User not authorized to operate on the specified resource.'),
  'Forbidden.RAM': gateway(403, 'User not authorized to operate on the specified resource.'),
  'Forbidden.AccessKeyDisabled': gateway(403, 'The AccessKey is disabled.'),
  NoPermission: gateway(403, 'You are not authorized to do this action.'),
  noPermission: gateway(403, 'You are not authorized to do this action.'),
  ocrServiceNotOpen: gateway(403, 'The service is not open.'),
  'Throttling.User': gateway(400, 'Request was denied due to user flow control.'),
  'Throttling.Api': gateway(400, 'Request was denied due to api flow control.'),
  Throttling: gateway(400, 'Request was denied due to request throttling.'),
  'InvalidAction.NotFound': gateway(404, 'Specified api is not found, please check your url and method.'),
  'InvalidApi.NotFound': gateway(404, 'Specified api is not found, please check your url and method.'),
  'InvalidProduct.NotFound': gateway(404, 'Cannot find product according to your specified domain.'),
  'InvalidProtocol.NeedSsl': gateway(400, 'Your request is denied as lack of ssl protect.'),
  InvalidVersion: gateway(400, 'Specified parameter Version is not valid.'),
  MissingParameter: gateway(400, 'An input parameter that is mandatory for processing the request is not supplied.'),
  MissingInvoiceNo: gateway(400, 'InvoiceNo is mandatory for this action.'),
  MissingInvoiceDate: gateway(400, 'InvoiceDate is mandatory for this action.'),
  InvalidParameter: gateway(400, 'The specified parameter is not valid.'),
  ServiceUnavailable: gateway(503, 'The request has failed due to a temporary failure of the server.'),
  InternalError: gateway(500, 'The request processing has failed due to some unknown error.'),
}

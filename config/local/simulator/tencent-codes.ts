import type { CodeRow } from './check-provider'

const free = (message: string): CodeRow => ({ message, charged: false })
const charged = (message: string): CodeRow => ({ message, charged: true })

const AUTH = 'The provided credentials could not be validated.'

/**
 * Error codes of `VatInvoiceVerifyNew`, of the product and of the whole platform, all HTTP 200 [upstreams reference § 1.5].
 * Codes that are not in the vendor's billing table count as free.
 */
export const TENCENT_CODES: Readonly<Record<string, CodeRow>> = {
  'FailedOperation.InvoiceMismatch': charged('发票数据不一致。'),
  'ResourceNotFound.NoInvoice': charged('发票不存在。'),
  'FailedOperation.CountLimitError': free('今日次数达到限制。'),
  'ResourceNotFound.NotSupportCurrentInvoiceQuery': free('不支持当天发票查询。'),
  'ResourceNotFound.NoAreaCode': free('地区编码不存在。'),
  'InvalidParameterValue.InvalidParameterValueLimit': free('参数值错误。'),
  'InvalidParameterValue.TicketCodeParameterValueLimit': free('发票代码参数值错误。'),
  'InvalidParameterValue.TicketSnParameterValueLimit': free('发票号码参数值错误。'),
  'InvalidParameterValue.TicketDateParameterValueLimit': free('开票日期参数值错误。'),
  'InvalidParameterValue.PriceOrVerificationParameterValueLimit': free('开票金额或校验码参数值错误。'),
  'ResourceUnavailable.TaxNetworkError': free('税务局网络异常，请稍后访问。'),
  'FailedOperation.UnKnowError': free('未知错误。'),
  'FailedOperation.UnOpenError': free('服务未开通。'),
  'FailedOperation.ArrearsError': free('账号已欠费。'),
  'ResourceUnavailable.InArrears': free('账号已欠费。'),
  'ResourceUnavailable.ResourcePackageRunOut': free('账号资源包耗尽。'),
  'ResourcesSoldOut.ChargeStatusException': free('计费状态异常。'),
  'FailedOperation.DataSourceQueryFailed': free('数据源查询失败。'),
  'FailedOperation.DbError': free('服务内部错误。'),
  'FailedOperation.QueryNoRecord': free('未查询到结果。'),
  'FailedOperation.UserQuotaError': free('用户计费额度不足。'),
  'AuthFailure.SignatureFailure': free(`${AUTH} Please check your signature is correct.`),
  'AuthFailure.SignatureExpire': free(
    'The provided credentials could not be validated because of exceeding request timestamp expiration.',
  ),
  'AuthFailure.SecretIdNotFound': free('The SecretId is not found, please ensure that your SecretId is correct.'),
  'AuthFailure.InvalidSecretId': free('The SecretId is not a kind of cloud API secret.'),
  'AuthFailure.TokenFailure': free('The token is not valid.'),
  'AuthFailure.UnauthorizedOperation': free('You are not authorized to perform this operation.'),
  'AuthFailure.MFAFailure': free('MFA failed.'),
  UnauthorizedOperation: free('You are not authorized to perform this operation.'),
  RequestLimitExceeded: free('请求的次数超过了频率限制。'),
  LimitExceeded: free('超过配额限制。'),
  InternalError: free('内部错误。'),
  InvalidAction: free('The requested action does not exist.'),
  NoSuchVersion: free('The requested API version does not exist.'),
  UnsupportedRegion: free('The requested region is not supported.'),
  MissingParameter: free('The request is missing a required parameter.'),
  InvalidParameter: free('The request has a parameter that is not valid.'),
  InvalidParameterValue: free('参数取值错误。'),
  ResourceUnavailable: free('资源不可用。'),
}

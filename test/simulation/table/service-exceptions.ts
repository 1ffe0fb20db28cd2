import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb'

/** The request itself is wrong: nothing was done and nothing is billed. */
export function validation(message: string): DynamoDBServiceException {
  return new DynamoDBServiceException({
    name: 'ValidationException',
    $fault: 'client',
    message,
    $metadata: metadata(400),
  })
}

export function conditionFailed(): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: metadata(400) })
}

export function throttled(): ProvisionedThroughputExceededException {
  return new ProvisionedThroughputExceededException({
    message: 'The level of configured provisioned throughput for the table was exceeded.',
    $metadata: metadata(400),
  })
}

/** What the SDK throws when the connection breaks: whether the request had its effect is not known. */
export function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET', $metadata: {} })
}

/** The SDK repeats these [@smithy/core retry: throttling and transient errors]. */
export const isRepeated = (error: unknown): boolean =>
  error instanceof Error && ['ProvisionedThroughputExceededException', 'TimeoutError'].includes(error.name)

const metadata = (httpStatusCode: number) => ({ httpStatusCode, attempts: 1, totalRetryDelay: 0 })

/** MongoDB's error codes in use here, by name (src/mongo/base/error_codes.yml of MongoDB). */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  HostUnreachable: 6,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  OperationFailed: 96,
  WriteConflict: 112,
  ConflictingOperationInProgress: 117,
  DocumentValidationFailure: 121,
  ExceededMemoryLimit: 146,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  PrimarySteppedDown: 189,
  TransactionTooOld: 225,
  NotImplemented: 238,
  SnapshotTooOld: 239,
  ConversionFailure: 241,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  NoQueryExecutionPlans: 291,
  APIVersionError: 322,
  APIStrictError: 323,
  NotWritablePrimary: 10107,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  InterruptedDueToReplStateChange: 11602,
  OutOfDiskSpace: 14031,
  SearchNotEnabled: 31082,
} as const

export type CodeName = keyof typeof CODES

/** An error as the wire protocol reports it. `extra` goes into the reply beside code and message. */
export class MongoError extends Error {
  readonly code: number
  readonly codeName: string

  constructor(
    codeName: CodeName | `Location${number}`,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = 'MongoError'
    this.codeName = codeName
    this.code = codeName in CODES ? CODES[codeName as CodeName] : Number(codeName.slice('Location'.length))
  }

  static ofCode(code: number, message: string): MongoError {
    const [name] = Object.entries(CODES).find(([, each]) => each === code) ?? []
    return new MongoError((name as CodeName | undefined) ?? `Location${code}`, message)
  }
}

export const errorReply = ({ message, code, codeName, extra }: MongoError): Record<string, unknown> => ({
  ok: 0,
  errmsg: message,
  code,
  codeName,
  ...extra,
})

export const writeConflict = (): MongoError =>
  new MongoError(
    'WriteConflict',
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
  )

/** As MongoDB servers say that are not of its Atlas. */
export const searchNotEnabled = (): MongoError =>
  new MongoError(
    'SearchNotEnabled',
    'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration. Please connect to Atlas or an AtlasCLI local deployment to enable.',
  )

export const notImplemented = (what: string): MongoError =>
  new MongoError('NotImplemented', `${what} is not supported by the built-in database; a MongoDB server does`)

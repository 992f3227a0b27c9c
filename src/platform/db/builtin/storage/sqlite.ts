import Database from 'libsql'

export type SqlValue = Uint8Array | string | number | null
type Row = SqlValue[]

/** One connection with its prepared statements. Rows are arrays in the order of the columns. */
export class Connection {
  private readonly database: Database.Database
  private readonly statements = new Map<string, Database.Statement>()

  /** @param busyTimeoutMs how long to wait for a lock that another connection holds */
  constructor(file: string, busyTimeoutMs: number) {
    this.database = new Database(file, { timeout: busyTimeoutMs } as Database.Options)
  }

  exec(sql: string): void {
    this.database.exec(sql)
  }

  /** @returns the row id of an insert, and the number of rows changed */
  run(sql: string, ...values: SqlValue[]): { rowId: number; changes: number } {
    const { lastInsertRowid, changes } = this.statement(sql).run(values)
    return { rowId: Number(lastInsertRowid), changes }
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.statement(sql).get(values) as Row | undefined
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.statement(sql).all(values) as Row[]
  }

  get inTransaction(): boolean {
    return this.database.inTransaction
  }

  close(): void {
    this.statements.clear()
    this.database.close()
  }

  private statement(sql: string): Database.Statement {
    let statement = this.statements.get(sql)
    if (!statement) {
      statement = this.database.prepare(sql)
      if (statement.reader) statement.raw(true)
      if (this.statements.size >= MAX_STATEMENTS) this.statements.clear()
      this.statements.set(sql, statement)
    }
    return statement
  }
}

const MAX_STATEMENTS = 1000

/** Whether SQLite refused a row because its key is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT/.test((error as { code?: string }).code ?? '')
}

import type { NewEvent } from '../../domain/events.ts';
import { insertRows } from '../../store/bulk-load.ts';
import type { Database, FactorTable, OrganisationTable, UserTable } from '../../store/tables.ts';
import { gramsOf } from '../../store/user-index/grams.ts';

type Row<Table> = { readonly [Column in keyof Table]: Extract<Table[Column], string | number | null> };

interface EventRow {
  position: number;
  aggregate_type: string;
  aggregate_id: string;
  sequence: number;
  resource_owner: string;
  editor: string;
  type: string;
  payload: string;
  created_at: number;
}

/** Events and the rows that the reducers would make of them, to be written together. */
export class Batch {
  readonly #events: EventRow[] = [];
  readonly #organisations: Row<OrganisationTable>[] = [];
  readonly #users: Row<UserTable>[] = [];
  readonly #factors: Row<FactorTable>[] = [];
  #position: number;

  /** @param last position of the newest event that is stored. */
  constructor(last: number) {
    this.#position = last;
  }

  get last(): number {
    return this.#position;
  }

  /** @returns the position of each event. @param createdAt epoch milliseconds. */
  addEvents(events: readonly NewEvent[], createdAt: number): readonly number[] {
    return events.map((event, index) => {
      this.#position += 1;
      this.#events.push({
        position: this.#position,
        aggregate_type: event.aggregateType,
        aggregate_id: event.aggregateId,
        sequence: index + 1,
        resource_owner: event.resourceOwner,
        editor: 'SYSTEM',
        type: event.type,
        payload: JSON.stringify(event.payload),
        created_at: createdAt,
      });
      return this.#position;
    });
  }

  addOrganisation(row: Row<OrganisationTable>): void {
    this.#organisations.push(row);
  }

  addUser(row: Row<UserTable>, factors: readonly Row<FactorTable>[]): void {
    this.#users.push(row);
    this.#factors.push(...factors);
  }

  /** @param db a transaction's handle. */
  async write(db: Database): Promise<void> {
    await insert(db, 'events', this.#events);
    await insert(db, 'organisations', this.#organisations);
    await insert(db, 'users', this.#users);
    await insert(db, 'factors', this.#factors);
    const grams = this.#users.map((user) => [user.position, gramsOf(user)]);
    await insertRows(db, 'user_grams', ['rowid', 'grams'], grams);
  }
}

async function insert<Row extends object>(db: Database, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first) as (keyof Row & string)[];
  const values = rows.map((row) => columns.map((column) => row[column] as string | number | null));
  await insertRows(db, table, columns, values);
}

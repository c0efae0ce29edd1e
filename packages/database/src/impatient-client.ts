import pg from 'pg';

/**
 * A client that breaks its connection when the server owes an answer for too long (`query_timeout`). pg itself only
 * stops waiting: the connection would go back to the pool with the statement still running and its transaction open,
 * a rollback behind it taken out of the queue, and whoever comes next would work in that transaction.
 */
export class ImpatientClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg cannot be repeated in an override
  override query(...given: any[]): any {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const answer: unknown = (super.query as any)(...given);
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') breakConnection(this);
      });
    }
    return answer;
  }
}

/** What pg's types leave out. */
interface Connected {
  readonly connection: { readonly stream: { destroy(): void } };
}

function breakConnection(client: pg.Client): void {
  (client as unknown as Connected).connection.stream.destroy();
}

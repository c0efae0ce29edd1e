import { madeBy, type Reducers, touchedBy } from './reducer.ts';

export const metadataReducers: Reducers<'user.metadata.set' | 'user.metadata.removed'> = {
  'user.metadata.set': async (db, event) => {
    const { key, value } = event.payload;
    await db
      .insertInto('user_metadata')
      .values({ user_id: event.aggregateId, organisation_id: event.resourceOwner, key, value, ...madeBy(event) })
      .onConflict((conflict) => conflict.columns(['user_id', 'key']).doUpdateSet({ value, ...touchedBy(event) }))
      .execute();
  },
  'user.metadata.removed': async (db, event) => {
    await db
      .deleteFrom('user_metadata')
      .where('user_id', '=', event.aggregateId)
      .where('key', '=', event.payload.key)
      .execute();
  },
};

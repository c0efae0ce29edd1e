import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { OrgFieldName } from '@zitadel/proto/zitadel/org_pb.js';
import { notFound } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { searchOrganisations } from '../../store/organisation-search.ts';
import { listV1 } from '../convert/details.ts';
import { toOrganisationCondition } from '../convert/organisation-query.ts';
import { toOrganisationV1 } from '../convert/organisation-v1.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** All organisations of the instance, v1. */
export function adminOrganisations(store: Store) {
  return part(AdminService, {
    async getOrgByID({ id }) {
      const row = await store.db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('QUERY-iTTGJ', 'Errors.Org.NotFound');
      return { org: toOrganisationV1(row) };
    },

    async listOrgs({ query, queries, sortingColumn }) {
      const { total, organisations } = await searchOrganisations(store.db, {
        conditions: await Promise.all(queries.map((each) => toOrganisationCondition(store.db, each))),
        visible: 'all',
        order: sortingColumn === OrgFieldName.NAME ? 'name' : 'id',
        ...toPaging(query),
      });
      return { details: listV1(total), sortingColumn, result: organisations.map(toOrganisationV1) };
    },

    async isOrgUnique({ name, domain }) {
      const row = await store.db
        .selectFrom('organisations')
        .select('id')
        .where(({ or, eb }) => or([eb('name', '=', name), eb('primary_domain', '=', domain)]))
        .executeTakeFirst();
      return { isUnique: row === undefined };
    },
  });
}

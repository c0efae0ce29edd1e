import { generatePerson } from '../../apps/identity/src/seed/generated/generated-person.ts';
import { NUMBER } from './data.ts';

/** A user list as a client asks for it: the body of `POST /v2/users`. */
export interface Question {
  readonly name: string;
  readonly body: object;
}

const HUMAN = { typeQuery: { type: 'TYPE_HUMAN' } };
const method = 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE';

const ORDERS = [
  'USER_NAME',
  'FIRST_NAME',
  'LAST_NAME',
  'NICK_NAME',
  'DISPLAY_NAME',
  'EMAIL',
  'STATE',
  'TYPE',
  'CREATION_DATE',
];

const query = (more: object = {}) => ({ limit: 50, asc: true, ...more });

/** The first page of fifty in every order, both ways. */
export const FIRST_PAGES: readonly Question[] = ORDERS.flatMap((order) =>
  [true, false].map((asc) => ({
    name: `${order.toLowerCase().replace('_', ' ')} ${asc ? 'up' : 'down'}`,
    body: { query: query({ asc }), sortingColumn: `USER_FIELD_NAME_${order}`, queries: [HUMAN] },
  })),
);

/** A search box: any part of any name, the address, the number or the id (as the BFF asks). */
function typed(text: string): object {
  const digits = /^\+?\d{3,}$/.test(text) ? [{ phoneQuery: { number: text, method } }] : [];
  const any = [
    { displayNameQuery: { displayName: text, method } },
    { loginNameQuery: { loginName: text, method } },
    { emailQuery: { emailAddress: text, method } },
    { inUserIdsQuery: { userIds: [text] } },
    ...digits,
  ];
  const sortingColumn = 'USER_FIELD_NAME_DISPLAY_NAME';
  return { query: query(), sortingColumn, queries: [HUMAN, { orQuery: { queries: any } }] };
}

/** Searches that find at most fifty, whoever and how many there are. @param users how many there are. */
export function searchesForFew(users: number): readonly Question[] {
  const index = Math.floor(users * 0.61);
  const person = generatePerson(NUMBER, index);
  const one = (name: string, question: object) => ({ name, body: { query: query(), queries: [HUMAN, question] } });
  return [
    { name: 'typed: whole address', body: typed(person.email) },
    { name: 'typed: part of an address', body: typed(`.${index}@`) },
    { name: 'typed: upper case', body: typed(person.email.slice(0, -9).toUpperCase()) },
    { name: 'typed: id', body: typed(person.id) },
    { name: 'typed: number of a telephone', body: typed(generatePhone(users)) },
    { name: 'typed: nobody has it', body: typed('qqzx') },
    { name: 'typed: two letters nobody has', body: typed('qz') },
    { name: 'typed: two letters of another script', body: typed('龘龘') },
    one('login name equals', { loginNameQuery: { loginName: person.email, method: 'TEXT_QUERY_METHOD_EQUALS' } }),
    one('email ends with', {
      emailQuery: { emailAddress: person.email.slice(3), method: 'TEXT_QUERY_METHOD_ENDS_WITH' },
    }),
    one('one of these emails', { inUserEmailsQuery: { userEmails: [person.email] } }),
    one('nick name', { nickNameQuery: { nickName: 'an', method } }),
    one('none of this state', { stateQuery: { state: 'USER_STATE_DELETED' } }),
  ];
}

function generatePhone(users: number): string {
  for (let index = Math.floor(users / 3); ; index += 1) {
    const { phone } = generatePerson(NUMBER, index);
    if (phone) return phone;
  }
}

/** What is honestly slower with more people. */
export function slowQuestions(users: number): readonly Question[] {
  const page = query({ offset: String(Math.floor(users / 2)) });
  return [
    {
      name: 'a page in the middle',
      body: { query: page, sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME', queries: [HUMAN] },
    },
    { name: 'typed: two letters that many have, with their exact count', body: typed('an') },
  ];
}

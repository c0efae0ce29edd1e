import { Link } from 'react-router';
import { paths } from '../../paths.ts';

type PersonLinkProps = {
  readonly userId: string;
  /** Undefined where the viewer may not see it: then the id stands in its place. */
  readonly name: string | undefined;
};

/** A person by name, as the way to their page; the id is shown on pointing at it. */
export function PersonLink({ userId, name }: PersonLinkProps) {
  return (
    <Link to={paths.user(userId)} title={userId}>
      {name ? <bdi>{name}</bdi> : <code>{userId}</code>}
    </Link>
  );
}

import type { Provider } from 'oidc-provider';
import type { Store } from '../../store/open-store.ts';

export type Interaction = InstanceType<Provider['Interaction']>;

/** What the sign-in pages work with. */
export interface PagesContext {
  readonly provider: Provider;
  readonly store: Store;
  /** Origin of this server. */
  readonly origin: string;
}

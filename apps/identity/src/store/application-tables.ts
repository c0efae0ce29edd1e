interface Versioned {
  sequence: number;
  created_at: number;
  changed_at: number;
}

export interface ProjectTable extends Versioned {
  id: string;
  organisation_id: string;
  name: string;
  state: 'active' | 'inactive';
}

export interface ApplicationTable extends Versioned {
  id: string;
  project_id: string;
  organisation_id: string;
  name: string;
  state: 'active' | 'inactive';
  client_id: string;
  /** JSON of OidcConfiguration; empty until configured. */
  configuration: string;
  /** SHA-256 of the client secret, or empty. */
  secret_hash: string;
}

export interface ApplicationKeyTable extends Versioned {
  id: string;
  application_id: string;
  project_id: string;
  client_id: string;
  /** PEM SPKI. */
  public_key: string;
  expires_at: number;
}

export interface ApplicationTables {
  projects: ProjectTable;
  applications: ApplicationTable;
  application_keys: ApplicationKeyTable;
}

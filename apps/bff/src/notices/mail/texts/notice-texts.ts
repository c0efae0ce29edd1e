import type { FactorKind } from '@latchkey/contract/factor';
import type { Reenrolment } from '@latchkey/contract/reset';

/** The words of all mails in one language. Names, times and numbers come in ready to be shown. */
export interface NoticeTexts {
  readonly direction: 'ltr' | 'rtl';
  readonly factors: Record<FactorKind, string>;
  /** To the person whose sign-in was reset. */
  readonly user: {
    readonly subject: string;
    greeting(name: string): string;
    /** That the help desk did it, and when. */
    opening(at: string): string;
    readonly removed: string;
    readonly nothingRemoved: string;
    sessionsEnded(count: string): string;
    readonly next: string;
    readonly follows: Record<Reenrolment, string>;
    readonly keptLocked: string;
    readonly notMe: string;
    /** Before the link: what it does, that it works once and for how long. */
    readonly notMeLink: string;
    readonly notMeCall: string;
  };
  /** To the agent and the owners of the instance. */
  readonly dispute: {
    readonly subject: string;
    opening(name: string, agentName: string, at: string): string;
    readonly locked: string;
    readonly notLocked: string;
    readonly advice: string;
    readonly link: string;
  };
}

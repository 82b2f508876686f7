// What the service answers, as far as the dashboard shows it. The shapes are those of the JSON API (/api/docs).

export interface Figures {
  readonly compounds: { readonly known: number; readonly covered: number; readonly coveredToday: number };
  readonly inspections: { readonly total: number; readonly today: number };
  readonly findings: {
    readonly total: number;
    readonly toFix: number;
    readonly toVerify: number;
    readonly verified: number;
    readonly withdrawn: number;
    readonly overdue: number;
  };
  readonly letters: {
    readonly owed: number;
    readonly signed: number;
    readonly signedLate: number;
    readonly unreachable: number;
    readonly undecided: number;
  };
  readonly home: Home;
}

export interface Home {
  readonly owed: number;
  readonly done: number;
  readonly late: number;
  readonly excused: number;
  readonly excluded: number;
}

export type AreaFigures = Figures & { readonly area: string };
export type ZoneFigures = Figures & { readonly zone: string; readonly areas: readonly AreaFigures[] };

export interface Tally {
  readonly on: string;
  readonly cutOffAt: string;
  readonly city: Figures;
  readonly zones: readonly ZoneFigures[];
  readonly organisations: readonly {
    readonly organisation: string;
    readonly home: Home;
    readonly departments: readonly { readonly department: string; readonly home: Home }[];
  }[];
}

export interface Lines {
  readonly covered: readonly number[];
  readonly inspections: readonly number[];
  readonly toFix: readonly number[];
  readonly overdue: readonly number[];
  readonly signed: readonly number[];
}

export interface Trend {
  readonly days: readonly string[];
  readonly city: Lines;
  readonly zones: readonly (Lines & { readonly zone: string })[];
}

export interface Me {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly roles: readonly { readonly role: string }[];
  } | null;
  readonly kind: 'full' | 'wall';
  readonly csrf: string;
  readonly now: string;
  readonly day: string;
  readonly tallyAt: string;
  readonly campaign: {
    readonly id: string;
    readonly title: string;
    readonly firstDay: string;
    readonly zones: readonly string[];
    readonly items: readonly { readonly id: string; readonly num: number; readonly label: string }[];
  };
  readonly campaigns: readonly { readonly id: string; readonly title: string }[];
  readonly sees: Readonly<
    Partial<Record<'figures' | 'findings' | 'letters' | 'records' | 'roster' | 'deliveries', boolean>>
  >;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Compound {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly zone: string | null;
  readonly company: string | null;
  readonly status: 'listed' | 'pending' | 'merged';
  readonly coveredAt: string | null;
  readonly doubtful: boolean;
}

/** Behind /photos/ID, for whoever may see it. */
export interface Photo {
  readonly id: string;
  readonly at: string;
}

export interface Inspection {
  readonly id: string;
  readonly version: number;
  readonly strand: 'home' | 'zone';
  readonly checkOn: string;
  readonly recordedAt: string;
  readonly inspector: Named;
  readonly enteredBy: Named | null;
  readonly compound: Named;
  readonly company: string | null;
  readonly area: string;
  readonly answers: Readonly<Record<string, string | number | null>>;
  readonly note: string | null;
  readonly flags: readonly string[];
  readonly photos: readonly Photo[];
}

export interface Finding {
  readonly id: string;
  readonly item: string;
  readonly compound: string;
  readonly compoundName: string;
  readonly area: string;
  readonly zone: string | null;
  readonly company: string | null;
  readonly state: string;
  readonly openedAt: string;
  readonly notifiedAt: string | null;
  readonly dueOn: string | null;
  readonly promisedOn: string | null;
  readonly reportedAt: string | null;
  readonly verifiedAt: string | null;
  readonly referredAt: string | null;
  readonly overdue: boolean;
  readonly photos: readonly Photo[];
}

export interface FindingStory extends Finding {
  readonly events: readonly { readonly at: string; readonly kind: string; readonly by: Named | 'system' }[];
}

export interface Letter {
  readonly id: string;
  readonly unit: string;
  readonly company: string | null;
  readonly area: string | null;
  readonly signatory: Named | null;
  readonly state: string;
  readonly signedAt: string | null;
  readonly reminders: number;
  readonly rung: number | null;
}

export interface LedgerRow {
  readonly letter: string;
  readonly unit: string;
  readonly area: string | null;
  readonly frozenAt: string;
  readonly stateThen: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly signedLateAt: string | null;
}

export interface Assignment {
  readonly id: string;
  readonly kind: string;
  readonly personName: string | null;
  readonly compound: string | null;
  readonly compoundName: string | null;
  readonly area: string | null;
  readonly reasons: readonly string[];
  readonly from: string;
  readonly to: string | null;
  readonly state: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly role: string }[];
  readonly organisation: string | null;
  readonly department: string | null;
  readonly mobileMasked: string | null;
}

export interface Delivery {
  readonly id: string;
  readonly channel: string;
  readonly to: string | null;
  readonly kind: string;
  readonly state: 'waiting' | 'sent' | 'unknown' | 'failed' | 'expired';
  readonly attempts: number;
  readonly notBefore: string;
  readonly sentAt: string | null;
  readonly error: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

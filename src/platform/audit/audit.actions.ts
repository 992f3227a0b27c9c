/**
 * What may stand in the audit log beside what is done to records (`RECORD_ACTIONS`). A new act gets its line here and its
 * words in both catalogues `audit` under `actions`, with `-` for the dot; new names are `thing.verb`.
 */
export const AUDIT_ACTIONS = [
  // Getting in.
  ...(['sign-up', 'sign-in', 'sign-out', 'sign-in-failed', 'sign-in-limited', 'sign-in-ended'] as const),
  ...(['signed-out-elsewhere', 'open-id-linked', 'reset-asked', 'password-reset', 'password-changed'] as const),
  ...(['password-failed', 'second-factor-set', 'second-factor-removed', 'recovery-codes-renewed'] as const),
  ...(['code-given', 'code-failed', 'code-limited', 'details-changed'] as const),
  ...(['address-change-asked', 'address-changed'] as const),
  // What administrators do about accounts.
  ...(['role-changed', 'administrator-invited', 'suspended', 'suspension-ended'] as const),
  ...(['signed-out-everywhere', 'second-factor-reset'] as const),
  // Organisations and their people.
  ...(['member-added', 'member-role-changed', 'member-left', 'member-removed', 'left-without-owner'] as const),
  ...(['invitation-sent', 'invitation-resent', 'invitation-revoked', 'invitation-accepted'] as const),
  ...(['claim-sent', 'claim-confirmed'] as const),
  // Introductions.
  ...(['introduction-request', 'introduction-offer', 'introduction-accept', 'introduction-decline'] as const),
  ...(['introduction-withdraw', 'introduction-hand-over', 'introduction-remind', 'introduction-close'] as const),
  ...([
    'introduction-end-need',
    'introduction-leave',
    'introduction-ask-outcome',
    'introduction-tell-outcome',
  ] as const),
  // Curators.
  ...(['case-approved', 'case-sent-back', 'case-moot', 'case-rejected'] as const),
  ...(['reason.add', 'reason.change', 'reason.move', 'reason.retire', 'reason.restore'] as const),
  ...(['case.assign', 'case.release'] as const),
  // The park's settings.
  ...(['park.change', 'park.restore'] as const),
  // What the ranking weighs by.
  ...(['weights.change', 'weights.restore'] as const),
  // Tables in and out.
  ...(['import.uploaded', 'import.started', 'import.stopped', 'import.finished'] as const),
  ...(['import.undo', 'import.undone', 'import.forgotten', 'listings.exported'] as const),
  ...(['duplicate.apart', 'duplicate.reopen'] as const),
  // Personal data.
  ...(['asked', 'answered', 'consent-withdrawn', 'erased'] as const),
  // The audit itself.
  ...(['audit.emptied', 'audit.export'] as const),
  // The taxonomy.
  ...(['taxonomy.add', 'taxonomy.rename', 'taxonomy.move', 'taxonomy.change', 'taxonomy.words'] as const),
  ...(['taxonomy.merge', 'taxonomy.retire', 'taxonomy.lists', 'taxonomy.restore', 'taxonomy.dismiss'] as const),
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** The key of an action's words in the catalogues. */
export const wordsOfAction = (action: string): string => `audit.actions.${action.replaceAll('.', '-')}`
